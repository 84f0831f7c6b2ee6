package cn.tiaoxi.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProofsTests {
    private final List<byte[]> records = Records.records(0, 3000);
    private final Naive naive = new Naive(records);

    /** RFC 6962, section 2.1, written down as it stands there. */
    private record Naive(List<byte[]> entries) implements Proofs.Nodes {
        Hash mth(long from, long to) {
            if (from == to) {
                return Hash.EMPTY;
            }
            if (to - from == 1) {
                return Hash.ofEntry(entries.get((int) from));
            }
            long k = from + Long.highestOneBit(to - from - 1);
            return Hash.ofNode(mth(from, k), mth(k, to));
        }

        List<Hash> path(long m, long from, long to) {
            if (to - from == 1) {
                return new ArrayList<>();
            }
            long k = Long.highestOneBit(to - from - 1);
            List<Hash> path = m < k ? path(m, from, from + k) : path(m - k, from + k, to);
            path.add(m < k ? mth(from + k, to) : mth(from, from + k));
            return path;
        }

        List<Hash> subproof(long m, long from, long to, boolean whole) {
            if (m == to - from) {
                return new ArrayList<>(whole ? List.of() : List.of(mth(from, to)));
            }
            long k = Long.highestOneBit(to - from - 1);
            List<Hash> proof =
                    m <= k
                            ? subproof(m, from, from + k, whole)
                            : subproof(m - k, from + k, to, false);
            proof.add(m <= k ? mth(from + k, to) : mth(from, from + k));
            return proof;
        }

        @Override
        public Hash node(int height, long index) {
            return mth(index << height, (index + 1) << height);
        }
    }

    @Property(tries = 60)
    void treeGrowsLikeTheDefinition(@ForAll @IntRange(min = 0, max = 3000) int size)
            throws Exception {
        TileTree tree = new TileTree();
        for (byte[] data : records.subList(0, size)) {
            byte[] bytes = new byte[data.length + 1];
            System.arraycopy(data, 0, bytes, 1, data.length);
            tree.add(bytes, 1, data.length, new Nowhere());
        }
        assertThat(tree.root()).isEqualTo(naive.mth(0, size));
        assertThat(Proofs.root(naive, size)).isEqualTo(naive.mth(0, size));
    }

    @Property(tries = 200)
    void inclusionIsTheDefinitionAndOnlyTheRightLeafVerifies(
            @ForAll @IntRange(min = 1, max = 600) int size,
            @ForAll @IntRange(max = 599) int choice,
            @ForAll @IntRange(max = 599) int other) {
        int index = choice % size;
        List<Hash> proof = Proofs.inclusion(naive, index, size);
        assertThat(proof).isEqualTo(naive.path(index, 0, size));
        Hash root = naive.mth(0, size);
        Hash leaf = naive.mth(index, index + 1);
        assertThat(Proofs.verifyInclusion(index, size, leaf, proof, root)).isTrue();
        int wrong = other % size;
        if (wrong != index) {
            assertThat(Proofs.verifyInclusion(wrong, size, leaf, proof, root)).isFalse();
        }
        assertThat(Proofs.verifyInclusion(index, size, Hash.EMPTY, proof, root)).isFalse();
    }

    @Property(tries = 200)
    void consistencyIsTheDefinition(
            @ForAll @IntRange(min = 1, max = 600) int after,
            @ForAll @IntRange(min = 1, max = 600) int choice) {
        int before = 1 + choice % after;
        List<Hash> proof = Proofs.consistency(naive, before, after);
        assertThat(proof).isEqualTo(naive.subproof(before, 0, after, true));
        Hash old = naive.mth(0, before);
        Hash root = naive.mth(0, after);
        assertThat(Proofs.verifyConsistency(before, after, old, root, proof)).isTrue();
        assertThat(Proofs.verifyConsistency(before, after, Hash.EMPTY, root, proof)).isFalse();
        assertThat(Proofs.verifyConsistency(before, after, old, Hash.EMPTY, proof)).isFalse();
    }

    @Test
    void inclusionVectors() throws Exception {
        check("inclusion", this::inclusionHolds);
    }

    @Test
    void consistencyVectors() throws Exception {
        check("consistency", this::consistencyHolds);
    }

    @Test
    void subtreeInclusionVectors() throws Exception {
        check("subtreeinclusion", this::subtreeInclusionHolds);
    }

    @Test
    void subtreeConsistencyVectors() throws Exception {
        check("subtreeconsistency", this::subtreeConsistencyHolds);
    }

    @Property(tries = 300)
    void subtreesAreProvedToBeInTheTree(
            @ForAll @IntRange(min = 1, max = 600) int size,
            @ForAll @IntRange(max = 599) int from,
            @ForAll @IntRange(min = 1, max = 600) int width,
            @ForAll @IntRange(max = 599) int choice) {
        int ceiling = width == 1 ? 1 : Integer.highestOneBit(width - 1) << 1;
        int start = Math.min(from, size - 1) / ceiling * ceiling;
        int end = Math.min(size, start + width);
        Hash part = SubtreeProofs.root(naive, start, end);
        assertThat(part).isEqualTo(naive.mth(start, end));
        Hash root = naive.mth(0, size);
        List<Hash> proof = SubtreeProofs.consistency(naive, start, end, size);
        if (start == 0) {
            assertThat(proof).isEqualTo(naive.subproof(end, 0, size, true));
        }
        assertThat(SubtreeProofs.verifyConsistency(start, end, size, part, root, proof)).isTrue();
        assertThat(SubtreeProofs.verifyConsistency(start, end, size, Hash.EMPTY, root, proof))
                .isFalse();
        int index = start + choice % (end - start);
        Hash leaf = naive.mth(index, index + 1);
        List<Hash> path = SubtreeProofs.inclusion(naive, index, start, end);
        assertThat(SubtreeProofs.verifyInclusion(index, start, end, leaf, path, part)).isTrue();
        assertThat(SubtreeProofs.verifyInclusion(index, start, end, part, path, leaf))
                .isEqualTo(path.isEmpty() && part.equals(leaf));
    }

    private boolean subtreeInclusionHolds(String json) {
        return !json.contains("\"leafHash\": \"\"")
                && SubtreeProofs.verifyInclusion(
                        number(json, "leafIdx"),
                        number(json, "start"),
                        number(json, "end"),
                        hash(json, "leafHash"),
                        hashes(json),
                        hash(json, "root"));
    }

    private boolean subtreeConsistencyHolds(String json) {
        return SubtreeProofs.verifyConsistency(
                number(json, "start"),
                number(json, "end"),
                number(json, "size"),
                hash(json, "root1"),
                hash(json, "root2"),
                hashes(json));
    }

    private boolean inclusionHolds(String json) {
        return !json.contains("\"leafHash\": \"\"")
                && Proofs.verifyInclusion(
                        number(json, "leafIdx"),
                        number(json, "treeSize"),
                        hash(json, "leafHash"),
                        hashes(json),
                        hash(json, "root"));
    }

    private boolean consistencyHolds(String json) {
        return Proofs.verifyConsistency(
                number(json, "size1"),
                number(json, "size2"),
                hash(json, "root1"),
                hash(json, "root2"),
                hashes(json));
    }

    private static void check(String kind, java.util.function.Predicate<String> holds)
            throws Exception {
        Path folder = PublicData.tlog().resolve("merkle-testdata").resolve(kind);
        int checked = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                String json = Files.readString(file);
                assertThat(holds.test(json))
                        .as(file.toString())
                        .isEqualTo(json.contains("\"wantErr\": false"));
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(50);
    }

    private static long number(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\": *(\\d+)").matcher(json);
        assertThat(matcher.find()).isTrue();
        return Long.parseUnsignedLong(matcher.group(1));
    }

    private static Hash hash(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\": *\"([^\"]*)\"").matcher(json);
        return matcher.find() ? hash(matcher.group(1)) : Hash.EMPTY;
    }

    /** Some vectors have words where hashes belong; these become hashes that fit nowhere. */
    private static Hash hash(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        return bytes.length == Hash.BYTES ? Hash.of(bytes) : Hash.ofEntry(bytes);
    }

    private static List<Hash> hashes(String json) {
        Matcher list = Pattern.compile("\"proof\": *\\[([^]]*)]").matcher(json);
        if (!list.find()) {
            return List.of();
        }
        return Pattern.compile("\"([^\"]*)\"")
                .matcher(list.group(1))
                .results()
                .map(r -> hash(r.group(1)))
                .toList();
    }

    /** Takes tiles and forgets them. */
    private static final class Nowhere implements TileTree.Sink {
        @Override
        public void tile(int level, long number, int width, byte[] hashes) {}
    }
}
