package cn.tiaoxi.command;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.contract.CheckCharacters;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryGeneratorTests {
    private static final int ROWS = 60_000;

    @TempDir Path folder;

    @Test
    void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws IOException {
        Path first = residents(1, 2_000, "csv", "first.csv").file();
        Path again = residents(1, 2_000, "csv", "again.csv").file();
        Path other = residents(2, 2_000, "csv", "other.csv").file();

        assertThat(Files.mismatch(first, again)).isEqualTo(-1);
        assertThat(Files.mismatch(first, other)).isNotEqualTo(-1);
    }

    @Test
    void residentsCarryExactlyTheFaultsThatAreReported() throws IOException {
        var report = residents(7, ROWS, "csv", "residents.csv");
        List<String[]> rows = rows(report.file());

        assertThat(rows).hasSize(ROWS);
        assertCounts(report, rows, 12, this::soundResident);
    }

    @Test
    void firmsCarryExactlyTheFaultsThatAreReported() throws IOException {
        var report =
                new RegistryGenerator(7, null)
                        .write(
                                RegistryGenerator.Kind.FIRMS,
                                ROWS,
                                "csv",
                                folder.resolve("firms.csv"));
        List<String[]> rows = rows(report.file());

        assertThat(rows).hasSize(ROWS);
        assertCounts(report, rows, 12, this::soundFirm);
    }

    @Test
    void everyFormatHoldsEveryRow() throws IOException {
        Path old = residents(3, 500, "gb18030", "old.csv").file();
        Path json = residents(3, 500, "jsonl", "rows.jsonl").file();
        Path book = residents(3, 500, "xlsx", "book.xlsx").file();

        assertThat(Files.readAllLines(old, Charset.forName("GB18030")))
                .hasSize(501)
                .first()
                .asString()
                .startsWith("姓名,公民身份号码");
        assertThat(Files.readAllLines(json)).hasSize(500).allMatch(line -> line.startsWith("{\""));
        try (var zip = new java.util.zip.ZipFile(book.toFile())) {
            assertThat(zip.getEntry("xl/worksheets/sheet1.xml")).isNotNull();
        }
    }

    @Test
    void divisionsAreWrittenWhereNoTableOfThemIsAtHand() throws IOException {
        var report =
                new RegistryGenerator(1, folder)
                        .write(
                                RegistryGenerator.Kind.DIVISIONS,
                                0,
                                "csv",
                                folder.resolve("divisions.csv"));

        assertThat(rows(report.file()))
                .hasSize(report.rows())
                .allMatch(row -> row[0].startsWith("3305") && row[0].startsWith(row[2]));
    }

    @Test
    void townsComeFromTheTableOfDivisionsWhereThereIsOne() throws IOException {
        Files.writeString(
                folder.resolve("streets.csv"),
                "code,name,areaCode,provinceCode,cityCode\n330521115,\"莫干山镇\",330521,33,3305\n");
        var report =
                new RegistryGenerator(1, folder)
                        .write(
                                RegistryGenerator.Kind.RESIDENTS,
                                100,
                                "csv",
                                folder.resolve("residents.csv"));

        assertThat(rows(report.file()))
                .filteredOn(row -> row.length == 12 && soundResident(row))
                .isNotEmpty()
                .allMatch(row -> row[6].startsWith("浙江省湖州市德清县莫干山镇"));
    }

    private RegistryGenerator.Report residents(long seed, int rows, String format, String name)
            throws IOException {
        return new RegistryGenerator(seed, null)
                .write(RegistryGenerator.Kind.RESIDENTS, rows, format, folder.resolve(name));
    }

    /** The generated text has no quoted cells, so that a plain split reads it. */
    private static List<String[]> rows(Path file) throws IOException {
        return Files.readAllLines(file).stream().skip(1).map(line -> line.split(",", -1)).toList();
    }

    private static void assertCounts(
            RegistryGenerator.Report report,
            List<String[]> rows,
            int columns,
            Predicate<String[]> sound) {
        Set<String> seen = new HashSet<>();
        int ragged = 0;
        int duplicate = 0;
        int shifted = 0;
        int blank = 0;
        int impossible = 0;
        int wide = 0;
        int wrong = 0;
        for (String[] row : rows) {
            if (row.length != columns) {
                ragged++;
            } else if (!seen.add(String.join(",", row))) {
                duplicate++;
            } else if (row[2].isEmpty()) {
                shifted++;
            } else if (row[0].isEmpty()) {
                blank++;
            } else if (!isDate(row[4])) {
                impossible++;
            } else if (row[1].charAt(0) > 0xFF00) {
                wide++;
            } else if (!sound.test(row)) {
                wrong++;
            }
        }
        assertThat(report.planted())
                .containsEntry(Fault.RAGGED, ragged)
                .containsEntry(Fault.DUPLICATE, duplicate)
                .containsEntry(Fault.SHIFTED, shifted)
                .containsEntry(Fault.BLANK, blank)
                .containsEntry(Fault.IMPOSSIBLE_DATE, impossible)
                .containsEntry(Fault.FULL_WIDTH, wide)
                .containsEntry(Fault.WRONG_CHECK, wrong);
        assertThat(report.unloadable()).isEqualTo(ragged + shifted + impossible);
        assertThat(report.planted().values()).allMatch(count -> count > 0);
    }

    private boolean soundResident(String[] row) {
        String number = row[1];
        return number.matches("\\d{17}[0-9X]")
                && CheckCharacters.residentCheck(number) == number.charAt(17)
                && number.substring(6, 14).equals(row[4].replace("-", ""))
                && (number.charAt(16) % 2 == 1) == row[2].equals("男");
    }

    private boolean soundFirm(String[] row) {
        String code = row[1];
        return code.length() == 18
                && CheckCharacters.creditCheck(code) == code.charAt(17)
                && CheckCharacters.organisationCheck(code.substring(8)) == code.charAt(16)
                && Double.parseDouble(row[5]) > 0;
    }

    private static boolean isDate(String text) {
        try {
            return LocalDate.parse(text).getYear() > 1900;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
