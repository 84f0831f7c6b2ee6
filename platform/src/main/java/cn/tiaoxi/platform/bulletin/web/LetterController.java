package cn.tiaoxi.platform.bulletin.web;

import cn.tiaoxi.platform.border.Versions;
import cn.tiaoxi.platform.bulletin.Letter;
import cn.tiaoxi.platform.bulletin.LetterPaper;
import cn.tiaoxi.platform.bulletin.Letters;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Permission;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** One letter: as facts, as paper, and what is done with it. */
@RestController
@RequestMapping("/api/v1/bulletins/letters")
class LetterController {
    private final Letters letters;
    private final LetterPaper paper;
    private final LetterViews views;
    private final Organisations organisations;

    LetterController(
            Letters letters, LetterPaper paper, LetterViews views, Organisations organisations) {
        this.letters = letters;
        this.paper = paper;
        this.views = views;
        this.organisations = organisations;
    }

    /** What the organisation will do, and by which day it will be mended. */
    record AnswerForm(@Nullable String measures, @Nullable LocalDate mendedBy) {}

    /** Why an answer is accepted or returned. */
    record Reason(@Nullable String reason) {}

    @GetMapping("/{id}")
    @Permission("bulletin:read")
    ResponseEntity<LetterViews.LetterView> one(@PathVariable String id) {
        return answer(letters.get(id));
    }

    @GetMapping("/{id}.pdf")
    @Permission("bulletin:read")
    ResponseEntity<byte[]> pdf(@PathVariable String id, Locale language) {
        Letter letter = letters.get(id);
        byte[] bytes =
                paper.pdf(
                        letter,
                        letters.figures(letter),
                        views.word(letter),
                        language,
                        ServletUriComponentsBuilder.fromCurrentContextPath().build().toUri());
        String name = letter.month() + " " + organisations.name(letter.organisation()) + ".pdf";
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(bytes);
    }

    /** The frozen figures, byte for byte what the hash on the paper is of. */
    @GetMapping(path = "/{id}/figures", produces = MediaType.APPLICATION_JSON_VALUE)
    @Permission("bulletin:read")
    ResponseEntity<byte[]> figures(@PathVariable String id) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(letters.figuresText(letters.get(id)).getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping("/{id}/acknowledge")
    @Permission("bulletin:answer")
    ResponseEntity<LetterViews.LetterView> acknowledge(@PathVariable String id) {
        return answer(letters.acknowledge(id));
    }

    @PostMapping("/{id}/answer")
    @Permission("bulletin:answer")
    ResponseEntity<LetterViews.LetterView> answer(
            @PathVariable String id, @RequestBody AnswerForm form) {
        return answer(letters.answer(id, form.measures(), form.mendedBy()));
    }

    @PostMapping("/{id}/accept")
    @Permission("bulletin:send")
    ResponseEntity<LetterViews.LetterView> accept(
            @PathVariable String id, @RequestBody(required = false) @Nullable Reason reason) {
        return answer(letters.accept(id, reason == null ? null : reason.reason()));
    }

    @PostMapping("/{id}/return")
    @Permission("bulletin:send")
    ResponseEntity<LetterViews.LetterView> giveBack(
            @PathVariable String id, @RequestBody(required = false) @Nullable Reason reason) {
        return answer(letters.giveBack(id, reason == null ? null : reason.reason()));
    }

    private ResponseEntity<LetterViews.LetterView> answer(Letter letter) {
        return Versions.tagged(views.whole(letter), letter.version());
    }
}
