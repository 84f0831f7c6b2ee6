package cn.tiaoxi.gateway.filter;

import java.util.Random;

/** Writes JSON of any shape as badly as the grammar allows: spaces, escapes, all planes. */
final class RandomJson {
    private static final String[] NAMES = {
        "name", "phone", "contact", "rows", "data", "总数", "a/b", "t~c", "", "secret", "nåme", "𠮷",
        "code", "id", "Name"
    };
    private static final String[] TEXTS = {
        "张三",
        "欧阳锋",
        "330502199001010014",
        "138-5721-2345",
        "湖州市吴兴区凤凰路100号3幢201室",
        "1990-05-03",
        "",
        "\"quoted\" \\ / \u0001\n",
        "𠮷田 😀",
        "long text that goes on and on, with no end that could be seen from here"
    };
    private static final String[] NUMBERS = {
        "0", "-0", "1", "13857212345", "-12.50", "1e5", "2.5E-10", "330502199001010014", "0.0e+0"
    };
    private static final String[] SPACES = {" ", "\n", "\t", "\r\n", "          "};

    private final Random random;
    private final StringBuilder json = new StringBuilder();

    RandomJson(Random random) {
        this.random = random;
    }

    static String value(Random random) {
        RandomJson writer = new RandomJson(random);
        writer.space();
        if (random.nextInt(8) == 0) {
            writer.value(0);
        } else {
            boolean object = random.nextInt(4) > 0;
            writer.list(object ? '{' : '[', object ? '}' : ']', random.nextInt(7));
        }
        writer.space();
        return writer.json.toString();
    }

    private void value(int depth) {
        int kind = random.nextInt(depth > 0 ? 11 : 5);
        switch (kind) {
            case 0 -> json.append(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 1 -> json.append(random.nextBoolean());
            case 2 -> json.append("null");
            case 3, 4 -> text(TEXTS[random.nextInt(TEXTS.length)]);
            case 5, 6 -> list('[', ']', depth);
            default -> list('{', '}', depth);
        }
    }

    private void list(char open, char close, int depth) {
        json.append(open);
        space();
        int size = random.nextInt(6);
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                json.append(',');
                space();
            }
            if (open == '{') {
                text(NAMES[random.nextInt(NAMES.length)]);
                space();
                json.append(':');
                space();
            }
            value(depth - 1);
            space();
        }
        json.append(close);
    }

    private void text(String text) {
        json.append('"');
        boolean escaping = random.nextInt(4) == 0;
        for (int c : text.codePoints().toArray()) {
            if (c < 0x20 || escaping && random.nextInt(3) == 0) {
                String format = "\\u%04" + (random.nextBoolean() ? "x" : "X");
                for (char half : Character.toChars(c)) {
                    json.append(String.format(format, (int) half));
                }
            } else if (c == '"' || c == '\\' || c == '/' && random.nextBoolean()) {
                json.append('\\').appendCodePoint(c);
            } else {
                json.appendCodePoint(c);
            }
        }
        if (random.nextInt(40) == 0) {
            json.append("\\ud83d");
        }
        json.append('"');
    }

    private void space() {
        while (random.nextInt(4) == 0) {
            json.append(SPACES[random.nextInt(SPACES.length)]);
        }
    }
}
