package cn.tiaoxi.platform.bulletin;

import cn.tiaoxi.platform.border.PlatformException;
import java.time.YearMonth;

/** A refusal about bulletins. */
public final class BulletinException extends PlatformException {
    private BulletinException(BulletinError code, Object... arguments) {
        super(code, arguments);
    }

    /** There is no bulletin of that month. */
    public static BulletinException bulletinNotFound(String month) {
        return new BulletinException(BulletinError.BULLETIN_NOT_FOUND, month);
    }

    /** There is no such letter. */
    public static BulletinException letterNotFound(String id) {
        return new BulletinException(BulletinError.LETTER_NOT_FOUND, id);
    }

    /** The month has a bulletin already. */
    public static BulletinException exists(YearMonth month) {
        return new BulletinException(BulletinError.BULLETIN_EXISTS, month.toString());
    }

    /** The bulletin has been sent and changes no more. */
    public static BulletinException sent(YearMonth month) {
        return new BulletinException(BulletinError.BULLETIN_SENT, month.toString());
    }

    /** No figures were kept in that month. */
    public static BulletinException noFigures(YearMonth month) {
        return new BulletinException(BulletinError.BULLETIN_NO_FIGURES, month.toString());
    }

    /** The month has not begun. */
    public static BulletinException monthAhead(YearMonth month) {
        return new BulletinException(BulletinError.BULLETIN_MONTH_AHEAD, month.toString());
    }

    /** The letter's state does not permit that. */
    public static BulletinException letterState(String organisation, Letter.State state) {
        return new BulletinException(BulletinError.LETTER_STATE, organisation, state.name());
    }
}
