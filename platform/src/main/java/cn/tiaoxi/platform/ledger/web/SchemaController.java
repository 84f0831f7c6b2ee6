package cn.tiaoxi.platform.ledger.web;

import cn.tiaoxi.platform.identity.Permission;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The JSON Schema of type files, by which editors complete them. */
@RestController
class SchemaController {
    private static final Resource SCHEMA = new ClassPathResource("schemas/ledger.schema.json");

    @GetMapping("/api/v1/ledger-schema")
    @Permission("ledger:read")
    ResponseEntity<Resource> schema() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(SCHEMA);
    }
}
