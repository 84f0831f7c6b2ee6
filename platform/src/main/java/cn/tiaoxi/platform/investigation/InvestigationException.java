package cn.tiaoxi.platform.investigation;

import cn.tiaoxi.platform.border.PlatformException;

/** An investigation that cannot be carried on as asked. */
public final class InvestigationException extends PlatformException {
    private InvestigationException(InvestigationError code, Object... arguments) {
        super(code, arguments);
    }

    static InvestigationException notFound(String id) {
        return new InvestigationException(InvestigationError.INVESTIGATION_NOT_FOUND, id);
    }

    static InvestigationException state(Investigation each) {
        return new InvestigationException(
                InvestigationError.INVESTIGATION_STATE, each.number(), each.state().name());
    }

    static InvestigationException byAnother() {
        return new InvestigationException(InvestigationError.CONSENT_BY_ANOTHER);
    }

    static InvestigationException tooLarge(long most) {
        return new InvestigationException(InvestigationError.LEAK_FILE_TOO_LARGE, most >> 30);
    }

    static InvestigationException noRoom() {
        return new InvestigationException(InvestigationError.LEAK_FILE_NO_ROOM);
    }

    static InvestigationException noRows() {
        return new InvestigationException(InvestigationError.LEAK_FILE_WITHOUT_ROWS);
    }

    static InvestigationException kindUnknown(String kind) {
        return new InvestigationException(InvestigationError.SUBJECT_KIND_UNKNOWN, kind);
    }

    static InvestigationException logUnreachable(String origin) {
        return new InvestigationException(InvestigationError.EVIDENCE_LOG_UNREACHABLE, origin);
    }

    static InvestigationException logBroken(String origin) {
        return new InvestigationException(InvestigationError.EVIDENCE_LOG_BROKEN, origin);
    }

    static InvestigationException tooSoon(String origin) {
        return new InvestigationException(InvestigationError.EVIDENCE_TOO_SOON, origin);
    }
}
