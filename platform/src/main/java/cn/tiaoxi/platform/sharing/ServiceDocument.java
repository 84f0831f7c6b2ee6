package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.HttpUpstream.Format;
import cn.tiaoxi.contract.HttpUpstream.Method;
import cn.tiaoxi.contract.HttpUpstream.Parameter;
import cn.tiaoxi.contract.PolicySnapshot.FieldType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an OpenAPI document says of a service.
 *
 * @param title title for people, or empty
 * @param address base URL, or null if the document names none that is whole
 * @param operations what can be asked, in the document's order
 */
public record ServiceDocument(String title, @Nullable String address, List<Operation> operations) {
    public ServiceDocument {
        operations = List.copyOf(operations);
    }

    /**
     * Something that can be asked.
     *
     * @param summary what for, or empty
     * @param parameters what may be given, as far as gateways can check it
     * @param format what answers are
     * @param places where records may stand in answers, the likeliest first
     * @param notes what of the document is left out, and why
     * @param usable whether all that is required can be given
     */
    public record Operation(
            Method method,
            String path,
            String summary,
            List<Parameter> parameters,
            Format format,
            List<Place> places,
            List<Note> notes,
            boolean usable) {
        public Operation {
            parameters = List.copyOf(parameters);
            places = List.copyOf(places);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Where records may stand in an answer.
     *
     * @param records JSON pointer, empty for the body
     * @param fields fields of a record: members, or JSON pointers from it
     * @param around JSON pointers to values beside the records
     */
    public record Place(String records, List<Found> fields, List<String> around) {
        public Place {
            fields = List.copyOf(fields);
            around = List.copyOf(around);
        }
    }

    /** A field that the schema names. */
    public record Found(String name, String label, FieldType type, String description) {}

    /** What is left out: a message's key and what it is about. */
    public record Note(String code, String about) {}
}
