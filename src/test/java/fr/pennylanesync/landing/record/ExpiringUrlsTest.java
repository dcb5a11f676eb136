package fr.pennylanesync.landing.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A link that carries its own permission is taken out wherever it stands, and no other one. */
class ExpiringUrlsTest {

    @Test
    void onlyLinksThatCarryTheirPermissionAreTakenOut() {
        for (String link : List.of("https://x/y?token=1", "HTTP://x/y?a=1&Signature=2", "https://x&sig=1",
                "https://x/rails/active_storage/blobs/1", "https://x/a_b/Active_Storage/1")) {
            assertThat(without(link)).as(link).isEqualTo("{\"id\":1,\"within\":[{}]}");
        }
        for (String link : List.of("https://x/ledger_entry_lines/1", "https://x/y?page=1", "active_storage",
                "https://x/active-storage_/1", "httpactive_storage", "_", "https://x/_", "https://x/y?token")) {
            assertThat(without(link)).as(link).contains(link);
        }
    }

    private static String without(String link) {
        ObjectNode record = (ObjectNode) StorableJson.read("{\"id\":1,\"within\":[{}]}");
        record.put("new_field", link);
        record.withArray("within").add(link);
        ((ObjectNode) record.path("within").path(0)).put("url", link);
        return ExpiringUrls.without(record, List.of()).toString();
    }
}
