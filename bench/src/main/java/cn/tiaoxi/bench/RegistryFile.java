package cn.tiaoxi.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.SplittableRandom;

/**
 * Writes a registry of made-up residents with 12 columns of the types that departments bring;
 * always the same.
 */
final class RegistryFile {
    private static final String[] SURNAMES = {
        "王", "李", "张", "刘", "陈", "杨", "沈", "钱", "吴", "朱", "徐", "姚", "欧阳"
    };
    private static final String GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰";
    private static final String[] TOWNS = {
        "月河街道", "飞英街道", "织里镇", "南浔镇", "练市镇", "武康街道", "雉城街道", "递铺街道"
    };
    private static final String[] ROADS = {"人民路", "苕溪东路", "红旗路", "太湖路", "湖东路", "龙溪北路", "新华路"};
    private static final String[] DIVISIONS = {"330502", "330503", "330521", "330522", "330523"};
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final long FIRST_DAY = LocalDate.of(1940, 1, 1).toEpochDay();

    private RegistryFile() {}

    static void write(Path file, int rows) throws IOException {
        SplittableRandom random = new SplittableRandom(20261124);
        StringBuilder text = new StringBuilder(1 << 20);
        text.append("序号,姓名,身份证号,手机号,区划代码,地址,年收入,建筑面积,出生日期,登记时间,是否户主,备注\n");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (int i = 1; i <= rows; i++) {
                append(text, random, i);
                if (text.length() > 900_000 || i == rows) {
                    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                    text.setLength(0);
                }
            }
        }
    }

    private static void append(StringBuilder text, SplittableRandom random, int i) {
        LocalDate born = LocalDate.ofEpochDay(FIRST_DAY + random.nextInt(30_000));
        String division = DIVISIONS[random.nextInt(DIVISIONS.length)];
        text.append(i).append(',').append(SURNAMES[random.nextInt(SURNAMES.length)]);
        text.append(GIVEN.charAt(random.nextInt(GIVEN.length())));
        if (random.nextInt(5) > 0) {
            text.append(GIVEN.charAt(random.nextInt(GIVEN.length())));
        }
        text.append(',');
        appendResidentId(text, division, born, random.nextInt(1000));
        text.append(",1").append(3 + random.nextInt(7));
        appendPadded(text, random.nextInt(1_000_000_000), 9);
        text.append(',').append(division);
        text.append(",浙江省湖州市").append(TOWNS[random.nextInt(TOWNS.length)]);
        text.append(ROADS[random.nextInt(ROADS.length)])
                .append(1 + random.nextInt(999))
                .append("号,");
        appendAmount(text, random.nextInt(40_000_000));
        text.append(',');
        appendAmount(text, 2_000 + random.nextInt(30_000));
        text.append(',').append(born).append(',');
        text.append(LocalDate.ofEpochDay(19_000 + random.nextInt(1_500))).append(' ');
        appendPadded(text, random.nextInt(24), 2);
        text.append(':');
        appendPadded(text, random.nextInt(60), 2);
        text.append(':');
        appendPadded(text, random.nextInt(60), 2);
        text.append(',').append(random.nextInt(3) == 0 ? "true" : "false").append(',');
        if (random.nextInt(4) == 0) {
            text.append("\"迁入, 编号").append(random.nextInt(500)).append("，\"\"已核\"\"\"");
        }
        text.append('\n');
    }

    private static void appendResidentId(
            StringBuilder text, String division, LocalDate born, int serial) {
        int start = text.length();
        text.append(division);
        appendPadded(
                text,
                born.getYear() * 10_000 + born.getMonthValue() * 100 + born.getDayOfMonth(),
                8);
        appendPadded(text, serial, 3);
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (text.charAt(start + i) - '0');
        }
        text.append("10X98765432".charAt(sum % 11));
    }

    private static void appendAmount(StringBuilder text, int hundredths) {
        text.append(hundredths / 100).append('.');
        appendPadded(text, hundredths % 100, 2);
    }

    private static void appendPadded(StringBuilder text, int number, int width) {
        String digits = Integer.toString(number);
        for (int i = digits.length(); i < width; i++) {
            text.append('0');
        }
        text.append(digits);
    }
}
