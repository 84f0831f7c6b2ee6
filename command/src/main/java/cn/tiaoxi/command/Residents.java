package cn.tiaoxi.command;

import static cn.tiaoxi.command.Places.pick;

import cn.tiaoxi.contract.CheckCharacters;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The public security bureau's register of residents. */
final class Residents implements Table {
    private static final LocalDate AS_OF = LocalDate.of(2026, 11, 1);
    private static final String[] OTHER_BIRTHPLACES =
            ("330106 330110 330402 330411 330482 330683 330726 331002 341822 341881 341824 320583 320584 340123"
                            + " 341226 341502 411522 421182 361128 500235 520523 532128")
                    .split(" ");
    private static final String[] PEOPLES = "苗族 土家族 布依族 侗族 彝族 畲族 回族 壮族 水族 仡佬族 满族 蒙古族".split(" ");
    private static final String[] SCHOOLING = "小学 初中 高中 中专 大学专科 大学本科 硕士研究生 博士研究生".split(" ");
    private static final int[] SCHOOLING_UP_TO = {22, 52, 66, 73, 86, 97, 99, 100};
    private static final String[] MOBILE =
            "130 131 132 133 135 136 137 138 139 150 151 152 153 155 157 158 159 176 177 178 180 181 182 183 185 186 187 188 189 198 199"
                    .split(" ");
    private static final String PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";

    private final Places places;
    private final Names names = new Names();
    private final Set<String> given = new HashSet<>();

    Residents(Places places) {
        this.places = places;
    }

    @Override
    public List<String> columns() {
        return List.of(
                "姓名", "公民身份号码", "性别", "民族", "出生日期", "户籍区划代码", "居住地址", "联系电话", "婚姻状况", "文化程度",
                "机动车号牌", "登记时间");
    }

    @Override
    public int identifierColumn() {
        return 1;
    }

    @Override
    public int dateColumn() {
        return 4;
    }

    @Override
    public int requiredColumn() {
        return 0;
    }

    @Override
    public String[] next(RandomGenerator random) {
        LocalDate birth = birth(random);
        boolean man = random.nextInt(1000) < 503;
        Places.Town town = places.next(random);
        int age = AS_OF.getYear() - birth.getYear();
        return new String[] {
            names.next(random, man, birth.getYear()),
            identityNumber(random, town, birth, man),
            man ? "男" : "女",
            random.nextInt(1000) < 968 ? "汉族" : pick(PEOPLES, random),
            birth.toString(),
            town.countyCode(),
            places.home(town, random),
            age < 12 ? guardianOrOwn(random) : telephone(random),
            marriage(random, age),
            schooling(random, age),
            age >= 20 && age < 75 && random.nextInt(100) < 34 ? plate(random) : "",
            registration(random, birth)
        };
    }

    /** Ages as in a city that grows old: few children, many in their forties and fifties. */
    private static LocalDate birth(RandomGenerator random) {
        int age = Math.min(104, Math.max(0, (int) (43 + 22 * random.nextGaussian())));
        return AS_OF.minusYears(age).minusDays(random.nextInt(365));
    }

    private String identityNumber(
            RandomGenerator random, Places.Town town, LocalDate birth, boolean man) {
        while (true) {
            String division =
                    random.nextInt(100) < 82 ? town.countyCode() : pick(OTHER_BIRTHPLACES, random);
            int serial = random.nextInt(500) * 2 + (man ? 1 : 0);
            String body = division + birth.toString().replace("-", "") + digits(serial, 3);
            if (given.add(body)) {
                return body + CheckCharacters.residentCheck(body);
            }
        }
    }

    private static String guardianOrOwn(RandomGenerator random) {
        return random.nextInt(100) < 90 ? telephone(random) : "";
    }

    static String telephone(RandomGenerator random) {
        return random.nextInt(100) < 5
                ? "0572-" + (2 + random.nextInt(7)) + digits(random.nextInt(1_000_000), 6)
                : pick(MOBILE, random) + digits(random.nextInt(100_000_000), 8);
    }

    private static String marriage(RandomGenerator random, int age) {
        int chance = random.nextInt(100);
        if (age < 22 || chance < Math.max(3, 90 - 3 * (age - 22))) {
            return "未婚";
        }
        return age < 28 || chance < 93 - Math.max(0, age - 65) ? "已婚" : age > 60 ? "丧偶" : "离异";
    }

    private static String schooling(RandomGenerator random, int age) {
        if (age < 18) {
            return age < 6 ? "学龄前" : age < 12 ? "小学" : age < 15 ? "初中" : "高中";
        }
        int chance = age < 45 ? 40 + random.nextInt(60) : random.nextInt(100);
        int level = 0;
        while (chance >= SCHOOLING_UP_TO[level]) {
            level++;
        }
        return SCHOOLING[level];
    }

    /** A plate of the city: five characters, or six with the energy letter first. */
    private static String plate(RandomGenerator random) {
        char letter = PLATE_LETTERS.charAt(random.nextInt(PLATE_LETTERS.length()));
        return random.nextInt(100) < 22
                ? "浙E" + (random.nextInt(5) == 0 ? 'F' : 'D') + digits(random.nextInt(100_000), 5)
                : "浙E" + letter + digits(random.nextInt(10_000), 4);
    }

    private static String registration(RandomGenerator random, LocalDate birth) {
        LocalDate first =
                birth.isBefore(LocalDate.of(2004, 1, 1)) ? LocalDate.of(2004, 1, 1) : birth;
        long days = Math.max(1, AS_OF.toEpochDay() - first.toEpochDay());
        return first.plusDays(random.nextLong(days))
                + " "
                + digits(8 + random.nextInt(9), 2)
                + ":"
                + digits(random.nextInt(60), 2)
                + ":"
                + digits(random.nextInt(60), 2);
    }

    static String digits(int number, int length) {
        String text = Integer.toString(number);
        return "0".repeat(length - text.length()) + text;
    }
}
