package cn.tiaoxi.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Towns and streets where the people and firms of the generated registry live. */
final class Places {
    /** A division below a county: its nine-digit code, its name and its county's name. */
    record Town(String code, String name, String county) {
        String countyCode() {
            return code.substring(0, 6);
        }
    }

    private static final Map<String, String> COUNTIES =
            Map.of(
                    "330502", "吴兴区", "330503", "南浔区", "330521", "德清县", "330522", "长兴县", "330523",
                    "安吉县");

    /** For where no table of divisions is at hand. */
    private static final List<Town> BUILT_IN =
            List.of(
                    new Town("330502001", "月河街道", "吴兴区"),
                    new Town("330502002", "朝阳街道", "吴兴区"),
                    new Town("330502003", "爱山街道", "吴兴区"),
                    new Town("330502004", "飞英街道", "吴兴区"),
                    new Town("330502100", "织里镇", "吴兴区"),
                    new Town("330502101", "八里店镇", "吴兴区"),
                    new Town("330502104", "埭溪镇", "吴兴区"),
                    new Town("330503100", "南浔镇", "南浔区"),
                    new Town("330503101", "双林镇", "南浔区"),
                    new Town("330503102", "练市镇", "南浔区"),
                    new Town("330503103", "善琏镇", "南浔区"),
                    new Town("330503105", "菱湖镇", "南浔区"),
                    new Town("330521001", "武康街道", "德清县"),
                    new Town("330521101", "乾元镇", "德清县"),
                    new Town("330521102", "新市镇", "德清县"),
                    new Town("330521115", "莫干山镇", "德清县"),
                    new Town("330522001", "雉城街道", "长兴县"),
                    new Town("330522101", "洪桥镇", "长兴县"),
                    new Town("330522111", "泗安镇", "长兴县"),
                    new Town("330522112", "煤山镇", "长兴县"),
                    new Town("330523001", "递铺街道", "安吉县"),
                    new Town("330523105", "孝丰镇", "安吉县"),
                    new Town("330523108", "天荒坪镇", "安吉县"),
                    new Town("330523110", "梅溪镇", "安吉县"));

    private static final String[] ROADS =
            ("人民路 红旗路 新华路 龙溪北路 苕溪西路 港湖东街 凤凰路 青铜路 吴兴大道 太湖路 仁皇山路 环城西路 劳动路 建设路 南园路 富民路"
                            + " 康山路 创业大道 长安路 广场路 朝阳路 浔溪路 永兴路 迎宾大道 云鸿东路 解放路")
                    .split(" ");
    private static final String[] ESTATES =
            "金色家园 阳光城 湖滨花园 苕溪花苑 春江名城 凤凰新村 龙泉小区 翰林府 清河嘉园 滨河湾 月河小区 白鹭苑 仁北家园 西山美墅".split(" ");
    private static final String[] VILLAGES =
            ("东兜 西塘 荻港 义皋 晟舍 轧村 漾西 大港 河西 石门 荃步 常路 云村 含山 新兴港 石湖 息塘 三田漾 五一 红里山 庙西 上强"
                            + " 横街 白龙潭 大竹园 余村 高家堂 鲁家 横山坞 双一")
                    .split(" ");

    private final List<Town> towns;

    private Places(List<Town> towns) {
        this.towns = towns;
    }

    /**
     * Huzhou's towns from a folder with a table of divisions, or a short list where there is none.
     *
     * @param folder may hold {@code streets.csv} with the columns code, name and areaCode
     */
    static Places of(@Nullable Path folder) throws IOException {
        Path table = folder == null ? null : folder.resolve("streets.csv");
        if (table == null || Files.notExists(table)) {
            return new Places(BUILT_IN);
        }
        List<Town> towns = new ArrayList<>();
        for (String line : Files.readAllLines(table)) {
            String[] cells = line.replace("\"", "").split(",");
            String county = cells.length < 3 ? null : COUNTIES.get(cells[2]);
            if (county != null) {
                towns.add(new Town(cells[0], cells[1], county));
            }
        }
        return new Places(towns.isEmpty() ? BUILT_IN : List.copyOf(towns));
    }

    List<Town> towns() {
        return towns;
    }

    Town next(RandomGenerator random) {
        return towns.get(random.nextInt(towns.size()));
    }

    /** A home in the town: a flat in an estate, a house on a road or in a village. */
    String home(Town town, RandomGenerator random) {
        String begin = "浙江省湖州市" + town.county() + town.name();
        if (!town.name().endsWith("街道") && random.nextInt(100) < 65) {
            return begin
                    + pick(VILLAGES, random)
                    + "村"
                    + (1 + random.nextInt(14))
                    + "组"
                    + (1 + random.nextInt(120))
                    + "号";
        }
        if (random.nextBoolean()) {
            return begin
                    + pick(ESTATES, random)
                    + (1 + random.nextInt(40))
                    + "幢"
                    + (1 + random.nextInt(4))
                    + "单元"
                    + (1 + random.nextInt(18))
                    + "0"
                    + (1 + random.nextInt(4))
                    + "室";
        }
        return begin + pick(ROADS, random) + (1 + random.nextInt(980)) + "号";
    }

    /** A place of business in the town. */
    String premises(Town town, RandomGenerator random) {
        String address =
                "浙江省湖州市"
                        + town.county()
                        + town.name()
                        + pick(ROADS, random)
                        + (1 + random.nextInt(1980))
                        + "号";
        return random.nextInt(3) == 0
                ? address + (1 + random.nextInt(9)) + "幢" + (101 + random.nextInt(1600)) + "室"
                : address;
    }

    static String pick(String[] words, RandomGenerator random) {
        return words[random.nextInt(words.length)];
    }
}
