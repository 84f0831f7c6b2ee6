package cn.tiaoxi.system;

import java.util.Map;

/** What stands on the pages' buttons and titles, in one of their languages. */
record Words(String language, Map<String, String> words) {
    static Words in(String language) {
        return new Words(language, language.equals("en") ? ENGLISH : CHINESE);
    }

    /** The words for a key. */
    String of(String key) {
        String found = words.get(key);
        if (found == null) {
            throw new IllegalArgumentException("No words for " + key);
        }
        return found;
    }

    private static final Map<String, String> CHINESE =
            Map.ofEntries(
                    Map.entry("toColumns", "内容无误，核对各列"),
                    Map.entry("toTarget", "列已核对，选择去向"),
                    Map.entry("nameOf", "第 %d 列的字段名"),
                    Map.entry("startLoad", "开始装载"),
                    Map.entry("loaded", "装载完成"),
                    Map.entry("checkColumns", "核对各列"),
                    Map.entry("confirmAll", "确认全部"),
                    Map.entry("confirmColumns", "确认这些列"),
                    Map.entry("allConfirmed", "各列均已确认"),
                    Map.entry("saveMetadata", "保存元数据"),
                    Map.entry("publishDataset", "发布数据集"),
                    Map.entry("publishInterface", "发布接口"),
                    Map.entry("ask", "申请使用"),
                    Map.entry("newApplication", "登记应用"),
                    Map.entry("register", "登记"),
                    Map.entry("submit", "提交申请"),
                    Map.entry("approve", "同意"),
                    Map.entry("submitApproval", "批准并授权"),
                    Map.entry("newKey", "新建密钥"),
                    Map.entry("sharedSecret", "HMAC-SHA256"),
                    Map.entry("makeKey", "生成密钥"),
                    Map.entry("secretKept", "我已把它保存在安全的地方"),
                    Map.entry("done", "完成"),
                    Map.entry("tryIt", "试一试"),
                    Map.entry("call", "发出调用"),
                    Map.entry("revoke", "撤销授权"),
                    Map.entry("who", "谁用了什么"),
                    Map.entry("DEPARTMENT", "部门信息资源"),
                    Map.entry("DAILY", "每日"),
                    Map.entry("CONDITIONAL", "受限共享"),
                    Map.entry("INTERFACE", "接口"),
                    Map.entry("FORBIDDEN", "禁止开放"));

    private static final Map<String, String> ENGLISH =
            Map.ofEntries(
                    Map.entry("toColumns", "Content is right, check the columns"),
                    Map.entry("toTarget", "Columns are right, choose the target"),
                    Map.entry("nameOf", "Name of column %d"),
                    Map.entry("startLoad", "Start loading"),
                    Map.entry("loaded", "Loaded"),
                    Map.entry("checkColumns", "Check the columns"),
                    Map.entry("confirmAll", "Confirm all"),
                    Map.entry("confirmColumns", "Confirm these columns"),
                    Map.entry("allConfirmed", "All columns are confirmed"),
                    Map.entry("saveMetadata", "Save metadata"),
                    Map.entry("publishDataset", "Publish dataset"),
                    Map.entry("publishInterface", "Publish an interface"),
                    Map.entry("ask", "Ask for access"),
                    Map.entry("newApplication", "Register an application"),
                    Map.entry("register", "Register"),
                    Map.entry("submit", "Submit request"),
                    Map.entry("approve", "Approve"),
                    Map.entry("submitApproval", "Approve and grant"),
                    Map.entry("newKey", "New key"),
                    Map.entry("sharedSecret", "HMAC-SHA256"),
                    Map.entry("makeKey", "Make the key"),
                    Map.entry("secretKept", "I have kept it in a safe place"),
                    Map.entry("done", "Done"),
                    Map.entry("tryIt", "Try it"),
                    Map.entry("call", "Send the call"),
                    Map.entry("revoke", "Revoke grant"),
                    Map.entry("who", "Who received what"),
                    Map.entry("DEPARTMENT", "Department"),
                    Map.entry("DAILY", "Daily"),
                    Map.entry("CONDITIONAL", "Conditional"),
                    Map.entry("INTERFACE", "Interface"),
                    Map.entry("FORBIDDEN", "Forbidden"));
}
