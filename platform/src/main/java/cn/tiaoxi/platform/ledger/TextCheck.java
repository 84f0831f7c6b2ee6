package cn.tiaoxi.platform.ledger;

import cn.tiaoxi.lake.kind.Checksums;
import com.google.re2j.Pattern;

/** Built-in checks of texts that identify something. */
public enum TextCheck {
    /** Resident identity number, GB 11643. */
    RESIDENT_ID {
        @Override
        boolean accepts(String text) {
            return Checksums.residentId(text);
        }
    },
    /** Unified social credit code, GB 32100. */
    USCC {
        @Override
        boolean accepts(String text) {
            return Checksums.socialCreditCode(text);
        }
    },
    /** Mobile number of mainland China. */
    MOBILE {
        @Override
        boolean accepts(String text) {
            return MOBILE_NUMBER.matches(text);
        }
    },
    /** Address of electronic mail. */
    EMAIL {
        @Override
        boolean accepts(String text) {
            return MAIL_ADDRESS.matches(text);
        }
    },
    /** Address of a web page or service. */
    URL {
        @Override
        boolean accepts(String text) {
            return WEB_ADDRESS.matches(text);
        }
    },
    /** Identifier of an electronic licence, GB/T 36904. */
    LICENCE_ID {
        @Override
        boolean accepts(String text) {
            return Checksums.licenceId(text);
        }
    };

    private static final Pattern MOBILE_NUMBER = Pattern.compile("1[3-9][0-9]{9}");
    private static final Pattern MAIL_ADDRESS =
            Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
    private static final Pattern WEB_ADDRESS =
            Pattern.compile("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[^\\s<>\"]*)?");

    /** Whether a text passes. */
    abstract boolean accepts(String text);
}
