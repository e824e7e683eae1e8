package io.trunkline.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.gateway.config.ServerTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpstreamTlsTest {
    @TempDir
    private Path directory;

    @Test
    void namesTheFileThatCannotBeUsed() throws Exception {
        final TestCertificates certificates = new TestCertificates(directory).make("gateway");
        final Path missing = directory.resolve("missing.pem");
        assertThatThrownBy(() ->
                        ListenerTls.context(new ServerTls(missing, certificates.key("gateway"), Optional.empty())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing.pem");
        final Path garbage = Files.writeString(directory.resolve("garbage.key"), "not a key");
        assertThatThrownBy(() -> ListenerTls.context(
                        new ServerTls(certificates.certificate("gateway"), garbage, Optional.empty())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("garbage.key");
        assertThatThrownBy(() -> ListenerTls.context(new ServerTls(
                        certificates.certificate("gateway"), certificates.key("gateway"), Optional.of(missing))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing.pem");
    }
}
