package fr.pennylanesync.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SensitiveTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Authorization: Bearer abc.def-ghi               | Authorization: Bearer ***
            Authorization: Basic dXNlcjpwYXNz               | Authorization: Basic ***
            got Bearer abcdef123                             | got Bearer ***
            {"password":"hunter2","id":3}                    | {"password":"***","id":3}
            warehouse.password=hunter2 next                  | warehouse.password=*** next
            from marie.dupont+x@exemple.fr today             | from *** today
            élodie@société.fr                                | ***
            pay FR7630006000011234567890189 now              | pay *** now
            pay FR76 3000 6000 0112 3456 7890 189 now        | pay *** now
            GET https://app.pennylane.com/api/external/v2/customers/12?cursor=abc | GET \
            https://app.pennylane.com/api/external/v2/customers/12?***
            GET https://files.example/invoices/f-77.pdf      | GET https://files.example/***
            GET https://s3.example/b/k?X-Amz-Signature=1a    | GET https://s3.example/***?***
            to https://user:pass@host.example/api/x          | to https://***@host.example/api/x
            postgresql://me:pass@host/db                     | postgresql://***@host/db
            key A8f3kQ9zLm2NpX7vBt5RwY1cUe6HgJ4d              | key ***
            """)
    void masks(String text, String masked) {
        assertThat(SensitiveText.mask(text)).isEqualTo(masked);
        assertThat(SensitiveText.mask(masked)).as("masking twice is masking once").isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "company=1234 stream=ledger_entry_lines rows=100 durationMs=12",
            "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "run 123e4567-e89b-12d3-a456-426614174000",
            "exchange 8B7C3F2A1D0E9F6-0000000000000001",
            "route customer_invoice_templates-walk-sync-stream",
            "postgresql://pennylane_sync@127.0.0.1:15432/pennylane?passfile=/var/lib/pgpass",
            "waiting at jdbc:postgresql://db.example:5432/books",
            "2026-11-22T10:11:12.123Z 25 requests per 5 s"
    })
    void leavesIdsCountsAndHashes(String text) {
        assertThat(SensitiveText.mask(text)).isEqualTo(text);
    }

    @Test
    void aTextWithoutEndIsCut() {
        assertThat(SensitiveText.mask("a ".repeat(1_000_000))).hasSizeLessThan(21_000).endsWith("(cut)");
    }
}
