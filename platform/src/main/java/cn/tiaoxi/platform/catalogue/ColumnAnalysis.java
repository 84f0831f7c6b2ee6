package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.lake.LakeColumn;
import cn.tiaoxi.lake.LakeException;
import cn.tiaoxi.lake.kind.Grade;
import cn.tiaoxi.lake.kind.Kind;
import cn.tiaoxi.lake.kind.KindMatch;
import cn.tiaoxi.lake.table.ColumnProfile;
import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.catalogue.DatasetColumn.Given;
import cn.tiaoxi.platform.catalogue.DatasetColumn.Recognised;
import cn.tiaoxi.platform.catalogue.DatasetColumn.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Profiles the columns of a table, recognises what they hold, and suggests element and grade. */
@Component
class ColumnAnalysis {
    private static final Logger LOG = LoggerFactory.getLogger(ColumnAnalysis.class);
    private static final Words NOTHING_SENSITIVE =
            new Words(
                    "没有识别出个人信息或其他敏感内容，按一般内部数据建议 L2",
                    "No personal or other sensitive content was recognised; L2 is usual for internal data");

    private final Lake lake;
    private final Elements elements;

    ColumnAnalysis(Lake lake, Elements elements) {
        this.lake = lake;
        this.elements = elements;
    }

    /**
     * The columns of a table with what is found in them now. Where the table cannot be analysed the
     * columns come without findings: that does not undo a load.
     */
    List<DatasetColumn> analyse(String table) {
        List<LakeColumn> columns = lake.tables().columns(table);
        Map<String, Profile> profiles = new HashMap<>();
        Map<String, KindMatch> kinds = new HashMap<>();
        try {
            for (ColumnProfile each : lake.profiler().profile(table).columns()) {
                profiles.put(each.column().name(), Profile.of(each));
            }
            kinds.putAll(lake.recogniser().recognise(table));
        } catch (LakeException e) {
            LOG.error("The columns of {} could not be analysed", table, e);
        }
        List<DatasetColumn> analysed = new ArrayList<>();
        for (LakeColumn each : columns) {
            KindMatch match = kinds.get(each.name());
            analysed.add(
                    new DatasetColumn(
                            each.name(),
                            each.label(),
                            each.type(),
                            analysed.size(),
                            match == null
                                    ? null
                                    : new Recognised(
                                            match.kind().id(),
                                            match.share(),
                                            match.checkFailures()),
                            profiles.get(each.name()),
                            suggestion(each, match == null ? null : match.kind()),
                            Given.NOTHING));
        }
        return analysed;
    }

    /** The kind tells most; then a data element of just that name; else nothing is known. */
    private Suggestion suggestion(LakeColumn column, @Nullable Kind kind) {
        Optional<Element> element =
                kind == null ? elements.named(column.label()) : elements.find(kind.element());
        if (kind != null) {
            return new Suggestion(
                    element.or(() -> elements.named(column.label())).map(Element::id).orElse(null),
                    kind.grade(),
                    new Words(
                            "识别为" + kind.name() + "：" + kind.reason(),
                            "Recognised as " + kind.nameEn() + ": " + kind.reasonEn()));
        }
        return element.map(ColumnAnalysis::of)
                .orElseGet(() -> new Suggestion(null, Grade.L2, NOTHING_SENSITIVE));
    }

    private static Suggestion of(Element element) {
        return new Suggestion(
                element.id(),
                element.grade(),
                new Words(
                        "名称与数据元“" + element.name().zh() + "”一致，取其级别",
                        "Named like the data element “"
                                + element.name().en()
                                + "”, whose grade it is"));
    }
}
