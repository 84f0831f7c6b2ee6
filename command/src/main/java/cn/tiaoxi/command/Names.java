package cn.tiaoxi.command;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Names of people, made up with the frequencies of real ones; nobody is meant. */
final class Names {
    /** Family names with their share in ten thousand, as they are common in northern Zhejiang. */
    private static final String FAMILY =
            "王620 沈560 李520 张510 陈480 徐330 杨300 刘300 朱290 吴280 周270 钱240 陆220 潘210 俞200 费190 姚190"
                    + " 赵180 黄180 施170 孙160 章160 胡150 金150 林140 郑140 叶140 蒋130 董130 马120 许120 高120 何110"
                    + " 郭110 罗110 戴110 钟100 顾100 汪100 严100 凌90 闵90 丁90 邱90 方90 谢80 韩80 唐80 曹80 邓70 冯70"
                    + " 程70 蔡70 彭70 袁70 于60 余60 苏60 卢60 魏60 田60 任60 范60 褚60 臧60 嵇50 温50 莫50 盛50 谈50 倪50"
                    + " 夏50 宋50 杜50 姜50 石50 廖50 邹50 熊50 白40 孟40 秦40 邵40 万40 史40 江40 柳40 毛40 龙30 贺30 汤30"
                    + " 欧阳12 上官6 诸葛6 司徒4";

    private static final String[] MEN_OLD =
            ("建国 建华 国强 志明 金根 阿毛 水根 荣根 永林 新民 德兴 福林 文荣 顺林 小毛 炳泉 寿根 法根 连生 根法 松林 卫国"
                            + " 建平 伟民 宝根 金林 明华 国平 学明 云峰 忠明 利民 海林 坤荣 玉林 培林")
                    .split(" ");
    private static final String[] WOMEN_OLD =
            ("秀英 桂珍 月珍 阿宝 金娥 美珍 玉兰 凤英 秀珍 彩娥 菊英 水仙 杏英 惠芬 玲珍 爱珍 丽珍 梅英 小妹 根娣 招娣 雪珍"
                            + " 建英 国珍 美英 素珍 云珍 华珍 引娣 荷英 莲英 巧珍")
                    .split(" ");
    private static final String MAN = "伟强磊军勇杰涛超明刚平辉鹏斌波宇浩凯健俊帆峰毅晨阳龙飞翔宁睿轩博文志远泽铭昊天逸航嘉诚建华子墨皓";
    private static final String WOMAN = "芳娜敏静丽艳霞玲萍红燕婷雪倩洁颖琳佳慧莹欣悦怡梅娟晶晨蕾薇萱涵梓诗琪雨思语桐妍彤瑶依可馨若溪晓露芸";

    private final String[] families;
    private final int[] shares;
    private final int total;

    Names() {
        String[] entries = FAMILY.split(" ");
        families = new String[entries.length];
        shares = new int[entries.length];
        int sum = 0;
        for (int i = 0; i < entries.length; i++) {
            String name = entries[i].replaceAll("[0-9]", "");
            families[i] = name;
            sum += Integer.parseInt(entries[i].substring(name.length()));
            shares[i] = sum;
        }
        total = sum;
    }

    /** A name that suits somebody born in that year. */
    String next(RandomGenerator random, boolean man, int birthYear) {
        String family = family(random);
        if (birthYear < 1970 && random.nextInt(100) < 75) {
            String[] given = man ? MEN_OLD : WOMEN_OLD;
            return family + given[random.nextInt(given.length)];
        }
        String characters = man ? MAN : WOMAN;
        char first = characters.charAt(random.nextInt(characters.length()));
        boolean single = random.nextInt(100) < (birthYear < 1995 ? 30 : 10);
        return single
                ? family + first
                : family + first + characters.charAt(random.nextInt(characters.length()));
    }

    private String family(RandomGenerator random) {
        int place = Arrays.binarySearch(shares, random.nextInt(total) + 1);
        return families[place >= 0 ? place : -place - 1];
    }
}
