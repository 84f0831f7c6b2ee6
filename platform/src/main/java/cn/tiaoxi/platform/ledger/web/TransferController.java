package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Access;
import cn.tiaoxi.platform.identity.Permission;
import cn.tiaoxi.platform.ledger.Ledger;
import cn.tiaoxi.platform.ledger.Transfer;
import cn.tiaoxi.platform.ledger.Transfers;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Entries that other organisations want to hand over. */
@RestController
@RequestMapping("/api/v1/ledgers/transfers")
class TransferController {
    private final Transfers transfers;
    private final Ledger ledger;
    private final Organisations organisations;
    private final Access access;

    TransferController(
            Transfers transfers, Ledger ledger, Organisations organisations, Access access) {
        this.transfers = transfers;
        this.ledger = ledger;
        this.organisations = organisations;
        this.access = access;
    }

    /** A transfer in an answer. */
    record TransferView(
            String id,
            String type,
            String typeName,
            String entry,
            String code,
            String title,
            String link,
            Organisations.Named giver,
            Organisations.Named taker,
            String reason,
            Instant asked,
            String askedBy) {}

    /** Why something is decided. */
    record Reason(@Nullable @Size(max = 1000) String reason) {}

    @GetMapping
    @Permission("ledger:write")
    List<TransferView> waiting() {
        return transfers.waiting(access.actor()).stream().map(this::view).toList();
    }

    private TransferView view(Transfer transfer) {
        var entry = transfer.entry();
        return new TransferView(
                transfer.id(),
                entry.type(),
                ledger.type(entry.type()).name().shown(),
                entry.id(),
                entry.code(),
                entry.title(),
                ledger.link(entry),
                organisations.named(transfer.giver()),
                organisations.named(transfer.taker()),
                transfer.reason(),
                transfer.asked(),
                transfer.askedBy());
    }

    @PostMapping("/{id}/accept")
    @Permission("ledger:write")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void accept(@PathVariable String id, @Valid @RequestBody Reason why) {
        transfers.decide(access.actor(), id, true, why.reason());
    }

    @PostMapping("/{id}/decline")
    @Permission("ledger:write")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void decline(@PathVariable String id, @Valid @RequestBody Reason why) {
        transfers.decide(access.actor(), id, false, why.reason());
    }
}
