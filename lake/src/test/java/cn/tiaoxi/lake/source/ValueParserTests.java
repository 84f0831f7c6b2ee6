package cn.tiaoxi.lake.source;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.RowFault;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueParserTests {
    private final ValueParser parser = new ValueParser(ZoneId.of("Asia/Shanghai"));

    @ParameterizedTest
    @CsvSource({
        "12, 12",
        "-12, -12",
        "+7, 7",
        "'1,234,567', 1234567",
        "１２３, 123",
        "'１，２３４', 1234",
        "' 42 ', 42",
        "　42　, 42",
        "12.00, 12",
        "1E3, 1000",
        "007, 7",
        "9223372036854775807, 9223372036854775807",
        "－５, -5"
    })
    void wholeNumbersAreRead(String text, long value) {
        assertThat(parser.parse(ColumnType.INTEGER, text)).isNull();
        assertThat(parser.number()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "12.5, NOT_INTEGER",
        "abc, NOT_INTEGER",
        "'1,23', NOT_INTEGER",
        "'12,34,567', NOT_INTEGER",
        "1_000, NOT_INTEGER",
        "0x1F, NOT_INTEGER",
        "-, NOT_INTEGER",
        "9223372036854775808, INTEGER_TOO_LARGE",
        "1E400, INTEGER_TOO_LARGE",
        "十二, NOT_INTEGER",
        "1 2, NOT_INTEGER"
    })
    void otherTextIsNoWholeNumber(String text, RowFault fault) {
        assertThat(parser.parse(ColumnType.INTEGER, text)).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "12.5, 12.5",
        "-0.01, -0.01",
        "'1,234.50', 1234.5",
        ".5, 0.5",
        "5., 5",
        "１２．５, 12.5",
        "1.5E-3, 0.0015",
        "0, 0",
        "99999999999999999999.999999999999999999, 99999999999999999999.999999999999999999"
    })
    void decimalsAreReadExactly(String text, BigDecimal value) {
        assertThat(parser.parse(ColumnType.DECIMAL, text)).isNull();
        assertThat(decimal()).isEqualByComparingTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, NOT_DECIMAL",
        "1.2.3, NOT_DECIMAL",
        "12%, NOT_DECIMAL",
        "100000000000000000000, DECIMAL_TOO_LONG",
        "0.1234567890123456789, DECIMAL_TOO_LONG",
        "1E300, DECIMAL_TOO_LONG",
        "1E-300, DECIMAL_TOO_LONG"
    })
    void otherTextIsNoDecimal(String text, RowFault fault) {
        assertThat(parser.parse(ColumnType.DECIMAL, text)).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "2023-01-05, 2023-01-05", "2023/1/5, 2023-01-05", "20230105, 2023-01-05",
                "2023年1月5日, 2023-01-05",
        "2023.1.5, 2023-01-05", "２０２３年１月５日, 2023-01-05", "２０２３－０１－０５, 2023-01-05",
                "2024-02-29, 2024-02-29",
        "2023-01-05 00:00:00, 2023-01-05", "1899-12-31, 1899-12-31", "' 2023-1-5 ', 2023-01-05"
    })
    void daysAreReadInTheirCommonForms(String text, LocalDate day) {
        assertThat(parser.parse(ColumnType.DATE, text)).isNull();
        assertThat(LocalDate.ofEpochDay(parser.number())).isEqualTo(day);
    }

    @ParameterizedTest
    @CsvSource({
        "2023-02-30, NO_SUCH_DATE", "2023-13-01, NO_SUCH_DATE", "20230230, NO_SUCH_DATE",
                "2023年2月30日, NO_SUCH_DATE",
        "1900-02-29, NO_SUCH_DATE", "2023-01, NOT_DATE", "5/1/2023, NOT_DATE",
                "2023-01-05 08:00, NOT_DATE",
        "2023-1/5, NOT_DATE", "yesterday, NOT_DATE", "2023010, NOT_DATE", "202301055, NOT_DATE"
    })
    void impossibleDaysAreTold(String text, RowFault fault) {
        assertThat(parser.parse(ColumnType.DATE, text)).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "2023-01-05 08:00:00, 2023-01-05T00:00:00Z",
        "2023/1/5 8:00, 2023-01-05T00:00:00Z",
        "2023-01-05T00:00:00Z, 2023-01-05T00:00:00Z",
        "2023-01-05T08:00:00.123456+08:00, 2023-01-05T00:00:00.123456Z",
        "2023年1月5日 8时30分15秒, 2023-01-05T00:30:15Z",
        "2023-01-05, 2023-01-04T16:00:00Z",
        "1988-07-01 09:00:00, 1988-07-01T00:00:00Z",
        "20230105 080000, ",
        "2023-01-05 00:00:00+00, 2023-01-05T00:00:00Z",
        "1960-01-01 08:00:00, 1960-01-01T00:00:00Z"
    })
    void timesAreOfTheCityUnlessTheySayOtherwise(String text, Instant time) {
        RowFault fault = parser.parse(ColumnType.TIMESTAMP, text);
        if (time == null) {
            assertThat(fault).isEqualTo(RowFault.NOT_TIMESTAMP);
        } else {
            assertThat(fault).isNull();
            assertThat(Instant.EPOCH.plus(parser.number(), ChronoUnit.MICROS)).isEqualTo(time);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2023-01-05 24:00:00, NOT_TIMESTAMP", "2023-01-05 08:60, NOT_TIMESTAMP",
                "2023-02-30 08:00, NO_SUCH_DATE",
        "2023-01-05 08:00:00.1234567, NOT_TIMESTAMP", "2023-01-05 noon, NOT_TIMESTAMP",
                "2023-01-05 08:00 GMT, NOT_TIMESTAMP"
    })
    void otherTextIsNoTime(String text, RowFault fault) {
        assertThat(parser.parse(ColumnType.TIMESTAMP, text)).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({"是, 1", "否, 0", "TRUE, 1", "no, 0", "1, 1", "0, 0", "Y, 1"})
    void truthIsRead(String text, long value) {
        assertThat(parser.parse(ColumnType.BOOLEAN, text)).isNull();
        assertThat(parser.number()).isEqualTo(value);
    }

    @Property
    void decimalsComeBack(
            @ForAll
                    @BigRange(min = "-99999999999999999999", max = "99999999999999999999")
                    @Scale(18)
                    BigDecimal value) {
        assertThat(parser.parse(ColumnType.DECIMAL, value.toPlainString())).isNull();
        assertThat(decimal()).isEqualByComparingTo(value);
    }

    @Property
    void wholeNumbersComeBack(@ForAll long value) {
        assertThat(parser.parse(ColumnType.INTEGER, Long.toString(value))).isNull();
        assertThat(parser.number()).isEqualTo(value);
    }

    @Property
    void daysAgreeWithTheCalendar(
            @ForAll @IntRange(min = 1, max = 9999) int year,
            @ForAll @IntRange(min = 0, max = 13) int month,
            @ForAll @IntRange(min = 0, max = 32) int day) {
        String text = String.format(java.util.Locale.ROOT, "%04d-%02d-%02d", year, month, day);
        RowFault fault = parser.parse(ColumnType.DATE, text);
        try {
            LocalDate expected = LocalDate.of(year, month, day);
            assertThat(fault).isNull();
            assertThat(parser.number()).isEqualTo(expected.toEpochDay());
        } catch (java.time.DateTimeException e) {
            assertThat(fault).isEqualTo(RowFault.NO_SUCH_DATE);
        }
    }

    @Property
    void noTextBreaksTheParser(@ForAll String text, @ForAll ColumnType type) {
        if (type != ColumnType.TEXT && !text.isBlank()) {
            parser.parse(type, text);
        }
    }

    private BigDecimal decimal() {
        return new BigDecimal(new BigInteger(parser.decimal()), ColumnType.DECIMAL_SCALE);
    }
}
