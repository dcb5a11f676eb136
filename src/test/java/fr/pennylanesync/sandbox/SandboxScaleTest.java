package fr.pennylanesync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SandboxScaleTest {

    /** The depth of a walk must not make its pages slower: the median of many pages of a large stream stays small. */
    @Test
    void keysetPagesOfALargeStreamAreQuick() {
        try (Sandbox sandbox = Sandbox
                .start(SandboxOptions.defaults().withCompanies(1).withRecords(120_000).withRateLimit(RateLimit.OFF))) {
            Caller caller = new Caller(sandbox, 0);
            List<Long> nanos = new ArrayList<>();
            long last = 0;
            for (int i = 0; i < 60; i++) {
                long start = System.nanoTime();
                JsonNode page = caller.json("/ledger_entry_lines", "limit", 100, "sort", "id", "filter",
                        Caller.filter("id", "gt", Long.toString(last)));
                nanos.add(System.nanoTime() - start);
                assertThat(page.path("items")).hasSize(100);
                last = page.path("items").get(99).path("id").asLong() + i * 1_000L;
            }
            Collections.sort(nanos);
            assertThat(nanos.get(nanos.size() / 2)).isLessThan(20_000_000L);
        }
    }
}
