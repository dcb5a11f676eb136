package fr.pennylanesync.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.state.ShareNotes;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.share.Share;
import fr.pennylanesync.share.ShareErrorCode;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShareCompaniesTest {

    private final Clock clock = Clock.systemUTC();

    /** Every stream of every company asks: only the first is to wait for a share that is away. */
    @Test
    void aShareThatIsAwayIsNotAskedAgainAtOnce() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        try (Warehouse warehouse = TestWarehouse.create()) {
            Settings.Share login = new Settings.Share("jdbc:postgresql://127.0.0.1:" + closed + "/share", "reader",
                    Optional.of(Secret.of("none")), Optional.empty(), 2,
                    Duration.ofSeconds(5), Duration.ofHours(48), Duration.ofHours(1));
            ShareCompanies companies = new ShareCompanies(Share.of(login),
                    new ShareNotes(warehouse.jdbc()), clock);
            SyncException first = catchThrowableOfType(SyncException.class, () -> companies.sees(1));
            SyncException second = catchThrowableOfType(SyncException.class, () -> companies.sees(2));
            assertThat(first.code()).isEqualTo(ShareErrorCode.SHARE_UNREACHABLE);
            assertThat(first.retryable()).isTrue();
            assertThat(second.code()).isEqualTo(first.code());
            assertThat(second.retryable()).isFalse();
            assertThat(second).hasCause(first);

            assertThatThrownBy(() -> companies.seesOrGaveUp(1)).isSameAs(first);
            warehouse.jdbc().sql("update pennylane_sync.share_outage set began_at = now() - interval '2 hours'")
                    .update();
            ShareCompanies afterRestart = new ShareCompanies(Share.of(login), new ShareNotes(warehouse.jdbc()), clock);
            assertThat(afterRestart.seesOrGaveUp(1)).as("the API's list is the history then").isFalse();
            assertThatThrownBy(() -> afterRestart.sees(1)).isInstanceOf(SyncException.class);
        }
    }
}
