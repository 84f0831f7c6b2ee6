package cn.tiaoxi.platform.workbench.web;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.SignedIn;
import cn.tiaoxi.platform.workbench.Message;
import cn.tiaoxi.platform.workbench.Messages;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** One's own messages. */
@RestController
@RequestMapping("/api/v1/messages")
class MessageController {
    private final Access access;
    private final Messages messages;

    MessageController(Access access, Messages messages) {
        this.access = access;
        this.messages = messages;
    }

    /** A message in an answer. */
    record MessageView(
            String id, Instant time, String title, String text, String link, boolean read) {
        static MessageView from(Message message) {
            return new MessageView(
                    message.id(),
                    message.time(),
                    message.title().shown(),
                    message.text().shown(),
                    message.link(),
                    message.read());
        }
    }

    @GetMapping
    @SignedIn
    Page<MessageView> list(@RequestParam(defaultValue = "false") boolean unread, Slice slice) {
        return messages.list(access.actor().username(), unread, slice).map(MessageView::from);
    }

    @PostMapping("/{id}/read")
    @SignedIn
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void read(@PathVariable String id) {
        messages.read(access.actor().username(), id);
    }

    @PostMapping("/read")
    @SignedIn
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void readAll() {
        messages.readAll(access.actor().username());
    }
}
