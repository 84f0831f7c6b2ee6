package cn.tiaoxi.platform.personnel;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.Residents;
import cn.tiaoxi.platform.Visitor;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.evidence.Who;
import cn.tiaoxi.platform.identity.People;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Writes vendors, key persons and applications into the ledgers of the platform under test. */
public final class Roster {
    /** The password of every account that is made here. */
    public static final String PASSWORD = "correct horse";

    private static final String LEDGERS = "/api/v1/ledgers/";
    private static final String CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int[] CODE_WEIGHTS = {
        1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28
    };

    private static final int[] BODY_WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};

    private final Visitors visitors;
    private final People people;

    public Roster(Visitors visitors, People people) {
        this.visitors = visitors;
        this.people = people;
    }

    /** Somebody of the data office. */
    public Visitor steward() {
        return visitors.person("zhao.lei");
    }

    /** A word that no other test uses. */
    public static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    /** A unified social credit code (GB 32100) with an organisation code (GB 11714) in it. */
    public static String creditCode() {
        StringBuilder body = new StringBuilder();
        int sum = 0;
        for (int weight : BODY_WEIGHTS) {
            int digit = ThreadLocalRandom.current().nextInt(10);
            body.append(digit);
            sum += weight * digit;
        }
        int check = 11 - sum % 11;
        body.append(check == 10 ? "X" : Integer.toString(check % 11));
        StringBuilder code = new StringBuilder("91330500").append(body);
        sum = 0;
        for (int i = 0; i < code.length(); i++) {
            sum += CODE_CHARACTERS.indexOf(code.charAt(i)) * CODE_WEIGHTS[i];
        }
        return code.append(CODE_CHARACTERS.charAt((31 - sum % 31) % 31)).toString();
    }

    /** Adds an entry; returns its identifier. */
    public String add(String type, String organisation, String title, Map<String, ?> fields) {
        Visitor.Answer added =
                steward()
                        .post(
                                LEDGERS + type + "/entries",
                                Map.of(
                                        "title", title,
                                        "organisation", organisation,
                                        "fields", fields));
        assertThat(added.status()).as(added.toString()).isEqualTo(201);
        return added.json().path("id").asString();
    }

    /** Does something to an entry, and expects that it works. */
    public void act(String type, String id, String action) {
        Visitor.Answer done = tryAct(steward(), type, id, action);
        assertThat(done.status()).as(done.toString()).isEqualTo(200);
    }

    /** Does something to an entry. */
    public Visitor.Answer tryAct(Visitor who, String type, String id, String action) {
        return who.post(
                LEDGERS + type + "/entries/" + id + "/act",
                Map.of("action", action, "reason", "测试：" + action));
    }

    /** Changes fields of an entry, and expects that it works. */
    public void change(String type, String id, Map<String, ?> fields) {
        Visitor.Answer changed = tryChange(steward(), type, id, fields);
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    }

    /** Changes fields of an entry. */
    public Visitor.Answer tryChange(Visitor who, String type, String id, Map<String, ?> fields) {
        String path = LEDGERS + type + "/entries/" + id;
        return who.patch(
                path, Map.of("fields", fields, "reason", "测试"), steward().get(path).version());
    }

    /** A vendor that is admitted. */
    public String vendor() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("uscc", creditCode());
        fields.put("ownership", "PRIVATE");
        fields.put("legalPerson", "钱多");
        fields.put("roles", List.of("DEVELOPMENT"));
        fields.put("agreement", true);
        fields.put("agreementDate", "2026-01-01");
        fields.put("agreementEnd", "2036-01-01");
        fields.put("securityHead", "孙安");
        fields.put("securityPhone", "13905720001");
        fields.put("contact", "李商");
        fields.put("contactPhone", "13905720002");
        String id = add("vendor", "330500-data", "湖州" + unique() + "科技有限公司", fields);
        act("vendor", id, "admit");
        return id;
    }

    /** An account of the police; returns its user name. */
    public String account(String... roles) {
        String username = "v" + unique();
        people.add(
                Who.SYSTEM,
                new People.NewPerson(username, "外包人员", "330500-police", Set.of(roles)),
                PASSWORD,
                false);
        return username;
    }

    /** Somebody signed in to an account that was made here. */
    public Visitor signedIn(String username) {
        return visitors.signIn(username, PASSWORD);
    }

    /** The fields of a key person who passed the check. */
    public static Map<String, Object> cleared(String vendor, String username) {
        Map<String, Object> fields = new HashMap<>();
        int number = ThreadLocalRandom.current().nextInt(1_000_000);
        fields.put("residentId", Residents.identifier(number));
        fields.put("mobile", "13905720003");
        fields.put("account", username);
        fields.put("vendor", vendor);
        fields.put("post", "PROJECT_MANAGER");
        fields.put("onSite", true);
        fields.put("since", "2026-01-01");
        fields.put("clearance", "PASSED");
        fields.put("clearedOn", "2026-01-01");
        fields.put("clearanceEnd", LocalDate.now().plusYears(1).toString());
        fields.put("promise", true);
        fields.put("environment", List.of("TEST"));
        return fields;
    }

    /** A key person of the police at work. */
    public String person(String vendor, String username) {
        String id = add("key-person", "330500-police", "外包" + unique(), cleared(vendor, username));
        act("key-person", id, "engage");
        return id;
    }

    /** An application of the police in the ledger that a vendor runs. */
    public String application(String vendor) {
        return add(
                "application",
                "330500-police",
                "警务" + unique() + "系统",
                Map.of("kind", "SERVICE", "granularity", "SYSTEM", "operator", vendor));
    }
}
