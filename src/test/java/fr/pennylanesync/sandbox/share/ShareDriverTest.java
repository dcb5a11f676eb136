package fr.pennylanesync.sandbox.share;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareDriverTest {

    @TempDir
    private Path directory;

    @Test
    void bothDriversReadTheSame() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
            SandboxShare share = sandbox.openShare(ShareOptions.in(directory));
            ShareReader postgres = ShareReader.of(share);
            ShareReader redshift = new ShareReader(share.redshiftUrl(), share.login());
            for (ShareTable table : ShareCatalog.tables()) {
                assertThat(redshift.rows("select * from " + table.qualifiedName()))
                        .isEqualTo(postgres.rows("select * from " + table.qualifiedName()));
            }
        }
    }
}
