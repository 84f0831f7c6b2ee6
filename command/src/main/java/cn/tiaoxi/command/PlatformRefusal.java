package cn.tiaoxi.command;

import tools.jackson.databind.JsonNode;

/** The platform answered that it does not do what was asked. */
public final class PlatformRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    PlatformRefusal(int status, JsonNode problem) {
        super(status + " " + problem);
        this.status = status;
        this.code = problem.path("code").asString("");
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The stable code of the problem, or nothing. */
    public String code() {
        return code;
    }
}
