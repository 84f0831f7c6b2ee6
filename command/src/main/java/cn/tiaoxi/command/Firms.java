package cn.tiaoxi.command;

import cn.tiaoxi.contract.CheckCharacters;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The market regulation bureau's register of firms. */
final class Firms implements Table {
    private static final LocalDate AS_OF = LocalDate.of(2026, 11, 1);
    private static final String AUSPICIOUS = "华恒瑞鑫泰隆盛达宏远嘉诚信德润丰天源锦绣苕溪浔安康佳美新创智联云海龙腾博凯明辉永兴顺和";

    /** What firms do here: the word in the name, and the industry of GB/T 4754. */
    private static final String[][] TRADES = {
        {"服饰", "制造业"},
        {"童装", "制造业"},
        {"家居", "制造业"},
        {"木业", "制造业"},
        {"丝绸", "制造业"},
        {"新能源科技", "制造业"},
        {"电梯", "制造业"},
        {"智能装备", "制造业"},
        {"竹制品", "制造业"},
        {"生物医药", "制造业"},
        {"农业开发", "农、林、牧、渔业"},
        {"水产养殖", "农、林、牧、渔业"},
        {"白茶", "农、林、牧、渔业"},
        {"建设工程", "建筑业"},
        {"装饰工程", "建筑业"},
        {"商贸", "批发和零售业"},
        {"电子商务", "批发和零售业"},
        {"超市", "批发和零售业"},
        {"物流", "交通运输、仓储和邮政业"},
        {"餐饮管理", "住宿和餐饮业"},
        {"民宿", "住宿和餐饮业"},
        {"网络科技", "信息传输、软件和信息技术服务业"},
        {"软件", "信息传输、软件和信息技术服务业"},
        {"置业", "房地产业"},
        {"咨询", "租赁和商务服务业"},
        {"检测技术", "科学研究和技术服务业"},
        {"环境科技", "水利、环境和公共设施管理业"},
        {"家政服务", "居民服务、修理和其他服务业"},
        {"教育培训", "教育"},
        {"文化传媒", "文化、体育和娱乐业"}
    };

    private static final int[] CAPITALS = {3, 5, 10, 30, 50, 100, 200, 500, 1000, 3000, 8000};

    private final Places places;
    private final Names names = new Names();
    private final Set<String> given = new HashSet<>();

    Firms(Places places) {
        this.places = places;
    }

    @Override
    public List<String> columns() {
        return List.of(
                "企业名称",
                "统一社会信用代码",
                "企业类型",
                "法定代表人",
                "成立日期",
                "注册资本（万元）",
                "区划代码",
                "住所",
                "联系电话",
                "所属行业",
                "登记机关",
                "经营状态");
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
        Places.Town town = places.next(random);
        String[] trade = TRADES[random.nextInt(TRADES.length)];
        boolean company = random.nextInt(100) < 78;
        String legalPerson =
                names.next(random, random.nextInt(100) < 68, 1960 + random.nextInt(45));
        LocalDate founded =
                AS_OF.minusDays(30 + (long) (9000 * Math.pow(random.nextDouble(), 1.6)));
        return new String[] {
            name(random, town, trade[0], company),
            creditCode(random, town, company),
            company ? type(random) : "个体工商户",
            legalPerson,
            founded.toString(),
            capital(random, company),
            town.countyCode(),
            places.premises(town, random),
            Residents.telephone(random),
            trade[1],
            town.county() + "市场监督管理局",
            state(random)
        };
    }

    private static String name(
            RandomGenerator random, Places.Town town, String trade, boolean company) {
        String own =
                ""
                        + AUSPICIOUS.charAt(random.nextInt(AUSPICIOUS.length()))
                        + AUSPICIOUS.charAt(random.nextInt(AUSPICIOUS.length()));
        String county = town.county().substring(0, town.county().length() - 1);
        return company
                ? (random.nextBoolean() ? "湖州" : "湖州" + county) + own + trade + "有限公司"
                : county + town.name() + own + trade + "店";
    }

    /** Class 91 for companies, 92 for single traders. */
    private String creditCode(RandomGenerator random, Places.Town town, boolean company) {
        while (true) {
            StringBuilder code =
                    new StringBuilder(18).append(company ? "91" : "92").append(town.countyCode());
            code.append("MA2");
            for (int i = 0; i < 5; i++) {
                code.append(CheckCharacters.creditCharacter(random.nextInt(31)));
            }
            code.append(CheckCharacters.organisationCheck(code.substring(8)));
            if (given.add(code.toString())) {
                return code.append(CheckCharacters.creditCheck(code)).toString();
            }
        }
    }

    private static String type(RandomGenerator random) {
        int chance = random.nextInt(100);
        return chance < 62
                ? "有限责任公司（自然人投资或控股）"
                : chance < 88
                        ? "有限责任公司（自然人独资）"
                        : chance < 94 ? "有限责任公司（外商投资）" : chance < 98 ? "股份有限公司" : "国有独资公司";
    }

    private static String capital(RandomGenerator random, boolean company) {
        int whole = CAPITALS[random.nextInt(company ? CAPITALS.length : 4)];
        return whole + (random.nextInt(6) == 0 ? "." + (10 + random.nextInt(90)) : ".00");
    }

    private static String state(RandomGenerator random) {
        int chance = random.nextInt(100);
        return chance < 84
                ? "存续"
                : chance < 94 ? "注销" : chance < 97 ? "停业" : chance < 99 ? "吊销" : "迁出";
    }
}
