package cn.tiaoxi.platform.database;

/**
 * Where the database is, for those that open connections of their own.
 *
 * @param url JDBC address
 * @param username account
 * @param password its password
 */
public record DatabaseAddress(String url, String username, String password) {
    @Override
    public String toString() {
        return username + " at " + url;
    }
}
