package cn.tiaoxi.platform.intake;

import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.ledger.EntryTable;
import cn.tiaoxi.platform.ledger.LedgerType;
import cn.tiaoxi.platform.ledger.TypeChanges;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** Makes the templates of ledgers, with what the asker may write. */
@Service
public class Templates {
    private final Imports imports;
    private final TypeChanges types;
    private final Organisations organisations;

    Templates(Imports imports, TypeChanges types, Organisations organisations) {
        this.imports = imports;
        this.types = types;
        this.organisations = organisations;
    }

    /** A workbook to fill in. */
    public byte[] workbook(String ledger, Locale locale) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            template(ledger, locale).write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The names of the columns and an example, as CSV by RFC 4180 with a byte order mark. */
    public String csv(String ledger, Locale locale) {
        Template template = template(ledger, locale);
        return "\uFEFF" + line(template.names()) + line(template.example());
    }

    private static String line(List<String> cells) {
        return cells.stream()
                        .map(c -> '"' + c.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    private Template template(String ledger, Locale locale) {
        LedgerType type = imports.writable(ledger);
        List<EntryTable.Column> columns = imports.targets(ledger);
        return new Template(type, types.current(ledger), columns, organisations, locale);
    }
}
