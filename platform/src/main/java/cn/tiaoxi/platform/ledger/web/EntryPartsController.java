package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.ledger.Author;
import cn.tiaoxi.platform.ledger.Comment;
import cn.tiaoxi.platform.ledger.Comments;
import cn.tiaoxi.platform.ledger.Entry;
import cn.tiaoxi.platform.ledger.LedgerException;
import cn.tiaoxi.platform.ledger.LedgerFile;
import cn.tiaoxi.platform.ledger.LedgerFiles;
import cn.tiaoxi.platform.ledger.LedgerGraph;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What belongs to entries besides their fields: links, comments, files. */
@RestController
@RequestMapping("/api/v1/ledgers")
class EntryPartsController {
    private final Comments comments;
    private final LedgerFiles files;
    private final LedgerGraph graph;
    private final EntryRequests requests;
    private final Access access;

    EntryPartsController(
            Comments comments,
            LedgerFiles files,
            LedgerGraph graph,
            EntryRequests requests,
            Access access) {
        this.comments = comments;
        this.files = files;
        this.graph = graph;
        this.requests = requests;
        this.access = access;
    }

    /** Who said or brought something. */
    record Who(String username, String name, String organisation) {
        static Who of(Author author) {
            return new Who(author.username(), author.name(), author.organisation());
        }
    }

    /** A comment in an answer. */
    record CommentView(String id, Instant time, Who author, String text, boolean removable) {}

    /** What to say. */
    record NewComment(@NotNull String text) {}

    /** A file in an answer. */
    record FileView(
            String id,
            String name,
            long size,
            String sha256,
            Instant time,
            Who author,
            @Nullable String link) {
        static FileView of(LedgerFile file, @Nullable String link) {
            return new FileView(
                    file.id(),
                    file.name(),
                    file.size(),
                    file.sha256(),
                    file.time(),
                    Who.of(file.author()),
                    link);
        }
    }

    @GetMapping("/{type}/entries/{id}/links")
    @Permission("ledger:read")
    LedgerGraph.Graph links(@PathVariable String type, @PathVariable String id) {
        return graph.around(access.actor(), requests.readable(type, id));
    }

    @GetMapping("/{type}/entries/{id}/comments")
    @Permission("ledger:read")
    List<CommentView> comments(@PathVariable String type, @PathVariable String id) {
        Entry entry = requests.readable(type, id);
        Actor actor = access.actor();
        return comments.of(entry).stream().map(c -> view(c, entry, actor)).toList();
    }

    private static CommentView view(Comment comment, Entry entry, Actor actor) {
        return new CommentView(
                comment.id(),
                comment.time(),
                Who.of(comment.author()),
                comment.text(),
                removable(comment, entry, actor));
    }

    private static boolean removable(Comment comment, Entry entry, Actor actor) {
        return comment.author().username().equals(actor.username())
                || actor.may("ledger:remove", entry.organisation());
    }

    @PostMapping("/{type}/entries/{id}/comments")
    @Permission("ledger:read")
    @ResponseStatus(HttpStatus.CREATED)
    CommentView comment(
            @PathVariable String type,
            @PathVariable String id,
            @Valid @RequestBody NewComment comment) {
        Entry entry = requests.readable(type, id);
        Actor actor = access.actor();
        return view(comments.add(Author.of(actor), entry, comment.text()), entry, actor);
    }

    @DeleteMapping("/{type}/entries/{id}/comments/{comment}")
    @Permission("ledger:read")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void uncomment(
            @PathVariable String type, @PathVariable String id, @PathVariable String comment) {
        Entry entry = requests.readable(type, id);
        Actor actor = access.actor();
        Comment found =
                comments.find(entry, comment)
                        .orElseThrow(() -> LedgerException.commentNotFound(comment));
        if (!removable(found, entry, actor)) {
            access.require("ledger:remove", entry.organisation());
        }
        comments.remove(Author.of(actor), entry, found);
    }

    @GetMapping("/{type}/entries/{id}/attachments")
    @Permission("ledger:read")
    List<FileView> attachments(@PathVariable String type, @PathVariable String id) {
        Entry entry = requests.readable(type, id);
        return files.attached(entry).stream().map(f -> FileView.of(f, link(type, id, f))).toList();
    }

    private static String link(String type, String id, LedgerFile file) {
        return "/api/v1/ledgers/%s/entries/%s/attachments/%s".formatted(type, id, file.id());
    }

    @PostMapping(
            path = "/{type}/entries/{id}/attachments",
            consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Permission("ledger:write")
    @ResponseStatus(HttpStatus.CREATED)
    FileView attach(
            @PathVariable String type,
            @PathVariable String id,
            @RequestParam @NotBlank String fileName,
            HttpServletRequest request)
            throws IOException {
        Entry entry = requests.writable(type, id);
        LedgerFile kept =
                files.attach(Author.of(access.actor()), entry, fileName, request.getInputStream());
        return FileView.of(kept, link(type, id, kept));
    }

    @GetMapping("/{type}/entries/{id}/attachments/{file}")
    @Permission("ledger:read")
    ResponseEntity<Resource> attachment(
            @PathVariable String type, @PathVariable String id, @PathVariable String file) {
        Entry entry = requests.readable(type, id);
        return files.attached(entry).stream()
                .filter(f -> f.id().equals(file))
                .findFirst()
                .map(this::send)
                .orElseThrow(() -> LedgerException.fileNotFound(file));
    }

    @DeleteMapping("/{type}/entries/{id}/attachments/{file}")
    @Permission("ledger:write")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void detach(@PathVariable String type, @PathVariable String id, @PathVariable String file) {
        Entry entry = requests.writable(type, id);
        files.detach(Author.of(access.actor()), entry, file);
    }

    @PostMapping(path = "/{type}/files", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Permission("ledger:write")
    @ResponseStatus(HttpStatus.CREATED)
    FileView receive(
            @PathVariable String type,
            @RequestParam @NotBlank String fileName,
            HttpServletRequest request)
            throws IOException {
        requests.unmanaged(type);
        return FileView.of(
                files.receive(Author.of(access.actor()), fileName, request.getInputStream()), null);
    }

    @GetMapping("/{type}/entries/{id}/files/{file}")
    @Permission("ledger:read")
    ResponseEntity<Resource> file(
            @PathVariable String type, @PathVariable String id, @PathVariable String file) {
        Entry entry = requests.readable(type, id);
        if (!requests.holds(entry, file)) {
            throw LedgerException.fileNotFound(file);
        }
        return send(files.get(file));
    }

    /** As a download, never shown by the browser itself. */
    private ResponseEntity<Resource> send(LedgerFile file) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .contentLength(file.size())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file.name(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(new FileSystemResource(files.content(file)));
    }
}
