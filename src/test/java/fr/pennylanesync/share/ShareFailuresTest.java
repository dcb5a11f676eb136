package fr.pennylanesync.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.failure.SyncException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareFailuresTest {

    private static final String CANARY = "Boulangerie Canari";

    @ParameterizedTest
    @CsvSource({
            "28P01, SHARE_LOGIN_REFUSED", "28000, SHARE_LOGIN_REFUSED", "08006, SHARE_CUT", "57P01, SHARE_CUT",
            "57014, SHARE_CUT",
            "25P03, SHARE_CUT", ", SHARE_CUT", "42P01, SHARE_TABLE_MISSING", "3F000, SHARE_TABLE_MISSING",
            "42501, SHARE_TABLE_MISSING", "42703, SHARE_COLUMN_MISSING", "XX000, SHARE_TABLE_CHANGED",
            "40001, SHARE_TABLE_CHANGED", "42601, SHARE_QUERY_FAILED"
    })
    void namesWhatTheDriverThrew(String state, ShareErrorCode code) {
        SyncException failure = ShareFailures.of(new SQLException(CANARY, state), "pennylane.lines");

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.retryable()).isEqualTo(code.retryable());
        assertThat(failure).hasMessageContaining("pennylane.lines, SQLSTATE " + state).hasMessageNotContaining(CANARY);
    }

    @Test
    void aTimeoutIsACut() {
        assertThat(ShareFailures.of(new SQLTimeoutException(CANARY, "42000"), "rows").is(ShareErrorCode.SHARE_CUT))
                .isTrue();
    }

    @Test
    void findsTheFailureBehindAForeignLayer() {
        SQLException cut = new SQLException(CANARY, "08006");
        SyncException known = new SyncException(ShareErrorCode.SHARE_ROW_WITHOUT_KEY, "lines");

        assertThat(ShareFailures.within(new IllegalStateException(CANARY, cut), "rows").code())
                .isEqualTo(ShareErrorCode.SHARE_CUT);
        assertThat(ShareFailures.within(new IllegalStateException(CANARY, known), "rows")).isSameAs(known);
    }

    @Test
    void aFaultOfOursStaysOne() {
        IllegalStateException fault = new IllegalStateException("ours");

        assertThatThrownBy(() -> ShareFailures.within(fault, "rows")).isSameAs(fault);
    }
}
