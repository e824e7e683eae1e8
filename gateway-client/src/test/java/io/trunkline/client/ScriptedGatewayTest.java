package io.trunkline.client;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A gateway that the test plays, for each test, and a client of it. */
abstract class ScriptedGatewayTest {
    final RecordingListener listener = new RecordingListener();
    ScriptedGateway gateway;
    TrunklineClient client;

    @BeforeEach
    final void openGateway() throws IOException {
        gateway = new ScriptedGateway();
    }

    @AfterEach
    final void closeBoth() throws IOException {
        if (client != null) {
            client.close();
        }
        gateway.close();
    }
}
