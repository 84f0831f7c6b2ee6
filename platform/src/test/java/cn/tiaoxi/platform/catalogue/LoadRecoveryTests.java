package cn.tiaoxi.platform.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.lake.ColumnType;
import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.table.LoadColumn;
import cn.tiaoxi.lake.table.LoadListener;
import cn.tiaoxi.lake.table.LoadMode;
import cn.tiaoxi.lake.table.LoadPlan;
import cn.tiaoxi.platform.Clerk;
import cn.tiaoxi.platform.PlatformTest;
import cn.tiaoxi.platform.Visitors;
import cn.tiaoxi.platform.Waiting;
import cn.tiaoxi.platform.catalogue.Upload.State;
import cn.tiaoxi.platform.ledger.Author;
import java.io.IOException;
import java.nio.file.Files;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What a stop in the middle left is put in order. */
@PlatformTest
class LoadRecoveryTests {
    private static final List<LoadOrder.Column> COLUMNS =
            List.of(
                    new LoadOrder.Column(0, "code", "编号", ColumnType.TEXT),
                    new LoadOrder.Column(1, "shop", "店名", ColumnType.TEXT));

    @Autowired private Visitors visitors;
    @Autowired private Loads loads;
    @Autowired private UploadStore store;
    @Autowired private UploadFiles files;
    @Autowired private Lake lake;
    @Autowired private JdbcClient database;

    private Clerk clerk() {
        return new Clerk(visitors.person("wang.wei"), visitors.person("zhang.min"));
    }

    private String dataset() {
        return clerk().dataset(
                        "全市店铺名录",
                        "编号,店名\nS1,苕溪百货\nS2,太湖书店\n",
                        Clerk.columns("code 编号 TEXT", "shop 店名 TEXT"));
    }

    private void order(String upload, String dataset) {
        order(upload, dataset, "全市店铺名录");
    }

    private void order(String upload, String dataset, String title) {
        Upload given = store.find(upload).orElseThrow();
        assertThat(store.ordered(given, appending(title), dataset)).isTrue();
    }

    private static LoadOrder appending(String title) {
        return new LoadOrder(title, "330500-police", LoadMode.APPEND, COLUMNS, "zh");
    }

    private void loadByHand(String upload, String table) {
        loadByHand(upload, table, LoadMode.APPEND, COLUMNS);
    }

    private void loadByHand(
            String upload, String table, LoadMode mode, List<LoadOrder.Column> columns) {
        LoadPlan plan =
                new LoadPlan(
                        Objects.requireNonNull(store.find(upload).orElseThrow().probe()).layout(),
                        columns.stream()
                                .map(
                                        c ->
                                                new LoadColumn(
                                                        c.index(),
                                                        new LakeColumn(
                                                                c.name(), c.label(), c.type())))
                                .toList(),
                        table,
                        mode,
                        ZoneId.of("Asia/Shanghai"),
                        files.rejects(upload),
                        Locale.CHINESE,
                        Loads.name(upload, appending("全市店铺名录")));
        lake.loader().load(files.source(upload), plan, LoadListener.NONE);
    }

    @Test
    void aLoadWhoseRowsAreThereAlreadyIsFinishedWithoutLoadingTwice() {
        String dataset = dataset();
        String upload = clerk().upload("编号,店名\nS3,织里童装\n");
        loadByHand(upload, Lake.table(dataset));
        order(upload, dataset);

        loads.goOn();
        JsonNode ended = clerk().ended(upload);
        assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("LOADED");
        assertThat(ended.path("result").path("rows").asLong()).isEqualTo(1);
        assertThat(lake.tables().rowCount(Lake.table(dataset))).isEqualTo(3);
        assertThat(clerk().dataset(dataset).path("rows").asLong()).isEqualTo(3);
        assertThat(clerk().dataset(dataset).path("loads").size()).isEqualTo(2);
    }

    @Test
    void rowsOfAnotherShapeAreNotShownBeforeTheirDatasetKnowsThem() {
        String dataset = dataset();
        String upload = clerk().upload("编号,店名\n3,织里童装\n");
        loadByHand(
                upload,
                Lake.table(dataset),
                LoadMode.REPLACE,
                List.of(
                        new LoadOrder.Column(0, "code", "编号", ColumnType.INTEGER),
                        new LoadOrder.Column(1, "shop", "店名", ColumnType.TEXT)));

        var answer = visitors.person("wang.wei").get("/api/v1/datasets/" + dataset + "/rows");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("DATASET_BUSY");
    }

    @Test
    void aLoadWhoseRowsAreNotThereIsDoneFromTheStart() {
        String dataset = dataset();
        String upload = clerk().upload("编号,店名\nS3,织里童装\n");
        order(upload, dataset);

        loads.goOn();
        loads.goOn();
        assertThat(clerk().ended(upload).path("state").asString()).isEqualTo("LOADED");
        assertThat(clerk().dataset(dataset).path("rows").asLong()).isEqualTo(3);
        Waiting.until(
                "the removal of the file",
                () -> Files.exists(files.source(upload)),
                there -> !there);
    }

    @Test
    void aLoadThatCannotBeEnteredFailsAndLeavesNoTable() {
        String dataset = UUID.randomUUID().toString();
        String upload = clerk().upload("编号,店名\nS3,织里童装\n");
        order(upload, dataset, "名".repeat(101));

        loads.goOn();
        JsonNode ended = clerk().ended(upload);
        assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("FAILED");
        assertThat(ended.path("error").path("code").asString()).isEqualTo("LOAD_FAILED");
        Waiting.until(
                "a lake without the table",
                () -> lake.tables().exists(Lake.table(dataset)),
                there -> !there);
        Map<String, Object> order =
                Clerk.newDataset("全市店铺名录", Clerk.columns("code 编号 TEXT", "shop 店名 TEXT"));
        assertThat(clerk().order(upload, order).status()).isEqualTo(202);
        assertThat(clerk().ended(upload).path("state").asString()).isEqualTo("LOADED");
    }

    @Test
    void anUploadThatWasComingInAtTheStopHasFailed() throws IOException {
        String id = UUID.randomUUID().toString();
        store.add(id, "shops.csv", new Author("wang.wei", "王伟", "330500-police"));
        Files.writeString(files.source(id), "编号,店");
        loads.tidy();
        assertThat(store.find(id).orElseThrow().state()).isEqualTo(State.RECEIVING);

        database.sql(
                        """
                        UPDATE catalogue.upload SET created = created - interval '1 day'
                         WHERE id = :id::uuid
                        """)
                .param("id", id)
                .update();
        loads.tidy();
        JsonNode upload = visitors.person("wang.wei").get("/api/v1/uploads/" + id).json();
        assertThat(upload.path("state").asString()).isEqualTo("FAILED");
        assertThat(upload.path("error").path("code").asString()).isEqualTo("UPLOAD_INTERRUPTED");
        assertThat(upload.path("error").path("mend").asString()).isNotBlank();
        assertThat(files.source(id)).doesNotExist();
    }

    @Test
    void aTableThatBelongsToNoDatasetIsDropped() {
        String dataset = dataset();
        String orphan = Lake.table(UUID.randomUUID().toString());
        loadByHand(clerk().upload("编号,店名\nS3,织里童装\n"), orphan);
        assertThat(lake.tables().exists(orphan)).isTrue();

        loads.tidy();
        assertThat(lake.tables().exists(orphan)).isFalse();
        assertThat(lake.tables().rowCount(Lake.table(dataset))).isEqualTo(2);
    }

    @Test
    void aFileThatBelongsToNoUploadIsRemoved() throws IOException {
        String kept = clerk().upload("编号,店名\nS3,织里童装\n");
        String lost = UUID.randomUUID().toString();
        Files.writeString(files.source(lost), "编号,店名\n");

        loads.tidy();
        assertThat(files.source(lost)).doesNotExist();
        assertThat(files.source(kept)).exists();
    }
}
