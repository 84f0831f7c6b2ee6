package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.HttpUpstream;
import cn.tiaoxi.contract.HttpUpstream.Breaker;
import cn.tiaoxi.contract.HttpUpstream.Credential;
import cn.tiaoxi.contract.HttpUpstream.Format;
import cn.tiaoxi.contract.HttpUpstream.Method;
import cn.tiaoxi.contract.HttpUpstream.Parameter;
import cn.tiaoxi.contract.HttpUpstream.Place;
import cn.tiaoxi.contract.HttpUpstream.Probe;
import cn.tiaoxi.contract.HttpUpstream.Times;
import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A department's service as it is to be registered or changed. What is left out is as usual.
 *
 * @param id identifier, or null to have one made
 * @param dataset dataset that it serves, or null for one that stands for itself
 * @param organisation whose it is, where it serves no dataset; null for the person's own
 * @param sharing how it is shared, where it serves no dataset
 * @param address base URL
 * @param path path below it, with {@code {name}} for parameters
 * @param records JSON pointer to the records, empty for the body
 * @param mostBytes most bytes of an answer
 */
public record NewService(
        @Nullable String id,
        @Nullable String name,
        @Nullable String dataset,
        @Nullable String organisation,
        @Nullable String sharing,
        @Nullable String address,
        @Nullable Method method,
        @Nullable String path,
        @Nullable List<NewParameter> parameters,
        @Nullable Format format,
        @Nullable String records,
        @Nullable List<String> around,
        @Nullable List<ServedField> fields,
        @Nullable NewTimes times,
        @Nullable Integer tries,
        @Nullable Integer connections,
        @Nullable NewProbe probe,
        @Nullable NewBreaker breaker,
        @Nullable Long mostBytes,
        @Nullable NewCredential credential) {

    /** A parameter as it is registered. */
    public record NewParameter(
            @Nullable String name,
            @Nullable Place place,
            boolean required,
            @Nullable FieldType type,
            @Nullable String pattern,
            @Nullable List<String> allowed,
            @Nullable BigDecimal least,
            @Nullable BigDecimal most,
            @Nullable Integer shortest,
            @Nullable Integer longest,
            @Nullable String description) {
        Parameter made() {
            return new Parameter(
                    name == null ? "" : name.strip(),
                    place == null ? Place.QUERY : place,
                    required,
                    type == null ? FieldType.TEXT : type,
                    pattern == null || pattern.isEmpty() ? null : pattern,
                    allowed == null ? List.of() : allowed,
                    least,
                    most,
                    shortest,
                    longest,
                    description == null ? "" : description.strip());
        }
    }

    /** Time limits in milliseconds. */
    public record NewTimes(
            @Nullable Integer connect, @Nullable Integer firstByte, @Nullable Integer whole) {
        Times made() {
            Times usual = Times.USUAL;
            return new Times(
                    connect == null ? usual.connect() : connect,
                    firstByte == null ? usual.firstByte() : firstByte,
                    whole == null ? usual.whole() : whole);
        }
    }

    /** How health is asked for; an empty path for not. */
    public record NewProbe(@Nullable String path, @Nullable Integer everySeconds) {
        @Nullable Probe made() {
            return path == null || path.isBlank()
                    ? null
                    : new Probe(path.strip(), everySeconds == null ? 10 : everySeconds);
        }
    }

    /** When calls stop. */
    public record NewBreaker(@Nullable Integer failures, @Nullable Integer openSeconds) {
        Breaker made() {
            return new Breaker(
                    failures == null ? Breaker.USUAL.failures() : failures,
                    openSeconds == null ? Breaker.USUAL.openSeconds() : openSeconds);
        }
    }

    /**
     * The header that the service knows the platform by; an empty name for none.
     *
     * @param secret its value; null to keep the one that is there
     */
    public record NewCredential(@Nullable String header, @Nullable String secret) {
        @Override
        public String toString() {
            return "NewCredential[" + header + "]";
        }
    }

    /** The service itself, once each part of it has been checked. */
    HttpUpstream made(java.net.URI at, @Nullable Credential known) {
        return new HttpUpstream(
                at,
                method == null ? Method.GET : method,
                path == null ? "" : path.strip(),
                given(parameters).stream().map(NewParameter::made).toList(),
                times == null ? Times.USUAL : times.made(),
                tries == null ? 1 : tries,
                connections == null ? 20 : connections,
                probe == null ? null : probe.made(),
                breaker == null ? Breaker.USUAL : breaker.made(),
                mostBytes == null ? 100L << 20 : mostBytes,
                format == null ? Format.JSON : format,
                records == null ? "" : records.strip(),
                given(around),
                known);
    }

    static <T> List<T> given(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
