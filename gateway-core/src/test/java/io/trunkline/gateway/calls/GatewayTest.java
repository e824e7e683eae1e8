package io.trunkline.gateway.calls;

import java.io.IOException;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway for each test, not started yet, with the tenant's platform and carrier alpha as sockets of the test. */
abstract class GatewayTest {
    /** The tenant's number. */
    static final String OWNED = "34910000001";
    /** Somebody's whom a carrier reaches. */
    static final String NUMBER = "442071838750";

    @TempDir
    Path directory;

    GatewayRig rig;
    WirePeer platform;
    WirePeer alpha;

    @BeforeEach
    final void openGateway() throws IOException {
        rig = new GatewayRig(directory);
        platform = new WirePeer(rig, GatewayRig.PLATFORM);
        alpha = new WirePeer(rig, GatewayRig.ALPHA);
    }

    @AfterEach
    final void closeGateway() {
        CloseHelper.closeAll(platform, alpha, rig);
    }
}
