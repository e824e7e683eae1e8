package io.trunkline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trunkline.upstream.codec.HelloDecoder;
import io.trunkline.upstream.codec.MessageState;
import io.trunkline.upstream.codec.MessageStatusDecoder;
import io.trunkline.upstream.codec.SubmitAcceptedDecoder;
import io.trunkline.upstream.codec.SubmitMessageDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to submits and events when a connection is lost. */
@Timeout(60)
class ReconnectTest extends ScriptedGatewayTest {
    private static Submit message(final long reference) {
        return Submit.of(ClientReference.of(reference))
                .from("+49151")
                .to("+30691")
                .text("body of " + reference)
                .build();
    }

    @Test
    void sendsWhatIsUnansweredAgainInItsOrderAndNothingElse() throws Exception {
        client = TrunklineClient.connect(gateway.config().build(), listener);
        final ScriptedPeer peer = gateway.acceptAndWelcome(10);
        final List<CompletableFuture<SubmitResult>> futures = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            futures.add(client.submit(message(i), Duration.ofSeconds(20)));
        }
        for (int i = 1; i <= 5; i++) {
            peer.readSubmit();
        }
        peer.accept(0, 2, 102);
        peer.refuse(0, 4, 1030, 0);
        futures.get(3).get(20, TimeUnit.SECONDS);
        peer.kill();

        // Less credit than before: the rest waits for the answers to the first.
        final ScriptedPeer next = gateway.acceptAndWelcome(2);
        assertThat(next.readSubmit().referenceLo()).isEqualTo(1);
        final SubmitMessageDecoder third = next.readSubmit();
        assertThat(third.referenceLo()).isEqualTo(3);
        third.skipFrom();
        third.skipTo();
        final byte[] body = new byte[third.bodyLength()];
        third.getBody(body, 0, body.length);
        assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo("body of 3");
        next.accept(0, 1, 101);
        assertThat(next.readSubmit().referenceLo()).isEqualTo(5);
        next.accept(0, 3, 103);
        next.accept(0, 5, 105);
        for (final CompletableFuture<SubmitResult> future : futures) {
            future.get(20, TimeUnit.SECONDS);
        }
        assertThat(client.eventLoop().submit(client::unexpectedAnswers).get()).isZero();
    }

    @Test
    void answersEverySubmitOnceHoweverOftenTheGatewayDies() throws Exception {
        final long seed = System.nanoTime();
        System.out.println("ReconnectTest seed " + seed);
        final int messages = 2_000;
        final Map<Long, Integer> answers = new HashMap<>();
        final AtomicInteger answered = new AtomicInteger();
        final SubmitBuilder message = new SubmitBuilder().text("x".getBytes(StandardCharsets.UTF_8));
        final ClientListener sender = new ClientListener() {
            private long next = 1;

            @Override
            public void onCredit(final int available) {
                while (next <= messages && client.trySubmit(message.reference(7, next))) {
                    next++;
                }
            }

            @Override
            public void onAccepted(final SubmitAcceptedDecoder accepted) {
                answers.merge(accepted.referenceLo(), 1, Integer::sum);
                answered.incrementAndGet();
            }
        };
        final Thread dying = new Thread(() -> dieAndReturn(new Random(seed), answered, messages));
        final ClientConfig config =
                gateway.config().maxInFlight(64).backoffMs(1, 5).build();
        client = TrunklineClient.connect(config, sender);
        // Only now: the listener uses the client as soon as it is welcomed.
        dying.start();
        await().atMost(50, TimeUnit.SECONDS).until(() -> answered.get() >= messages);
        client.close();
        gateway.close();
        dying.join();
        assertThat(answers).hasSize(messages);
        assertThat(answers.values()).allMatch(times -> times == 1);
    }

    /** Answers some submits of every connection, in any order, and dies somewhere among them. */
    private void dieAndReturn(final Random random, final AtomicInteger answered, final int messages) {
        final Map<Long, Long> units = new HashMap<>();
        while (answered.get() < messages) {
            try (ScriptedPeer peer = gateway.acceptAndWelcome(1 + random.nextInt(32))) {
                final List<Long> open = new ArrayList<>();
                for (int left = random.nextInt(200); left > 0 && answered.get() < messages; left--) {
                    if (open.isEmpty()) {
                        final long reference = peer.readSubmit().referenceLo();
                        units.putIfAbsent(reference, (long) units.size() + 1);
                        open.add(reference);
                    } else {
                        final long reference = open.remove(random.nextInt(open.size()));
                        peer.accept(7, reference, units.get(reference));
                    }
                }
                peer.kill();
            } catch (final IOException over) {
                return;
            }
        }
    }

    @Test
    void goesOnWithTheEventsAfterTheLastOneThatIsSafe() throws Exception {
        client = TrunklineClient.connect(
                gateway.config().acknowledgements(2, 10_000).build(), listener);
        final ScriptedPeer peer = gateway.accept();
        assertThat(peer.readHello().resumeAfter()).isEqualTo(HelloDecoder.resumeAfterNullValue());
        peer.welcome(10, 100);
        peer.status(101, MessageState.SENT);
        peer.status(102, MessageState.DELIVERED);
        assertThat(peer.readAck()).isEqualTo(102);
        peer.inbound(103, "+30691", "+4915112345", "γεια".getBytes(StandardCharsets.UTF_8));
        await().until(() -> listener.lines.contains("inbound 103 from +30691 to +4915112345"));
        peer.kill();
        final ScriptedPeer next = gateway.accept();
        assertThat(next.readHello().resumeAfter()).isEqualTo(103);
    }

    @Test
    void acknowledgesWhatIsLeftAfterTheTimeGiven() throws Exception {
        client = TrunklineClient.connect(
                gateway.config().acknowledgements(100, 1).build(), listener);
        final ScriptedPeer peer = gateway.accept();
        peer.readHello();
        peer.welcome(10, 0);
        peer.status(1, MessageState.DELIVERED);
        assertThat(peer.readAck()).isEqualTo(1);
    }

    @Test
    void acknowledgesWithinTheWindowHoweverRarelyItWasAskedTo() throws Exception {
        client = TrunklineClient.connect(
                gateway.config().acknowledgements(1000, 60_000).build(), listener);
        final ScriptedPeer peer = gateway.acceptAndWelcome(1);
        for (int i = 1; i <= ScriptedPeer.EVENT_WINDOW; i++) {
            peer.status(i, MessageState.DELIVERED);
        }
        assertThat(peer.readAck()).isBetween(4L, (long) ScriptedPeer.EVENT_WINDOW);
    }

    @Test
    void leavesTheAcknowledgementToTheCallerWhoWantsIt() throws Exception {
        client = TrunklineClient.connect(
                gateway.config().explicitAck().acknowledgements(1, 1).build(), listener);
        final ScriptedPeer peer = gateway.acceptAndWelcome(10);
        peer.status(1, MessageState.SENT);
        peer.status(2, MessageState.DELIVERED);
        await().until(() -> listener.lines.contains("status 2 DELIVERED"));
        client.acknowledge(1);
        assertThat(peer.readAck()).isEqualTo(1);
        // Beyond what came is as far as what came.
        client.acknowledge(99);
        assertThat(peer.readAck()).isEqualTo(2);
        peer.kill();
        assertThat(gateway.accept().readHello().resumeAfter()).isEqualTo(2);
    }

    @Test
    void doesNotAcknowledgeAnEventThatTheListenerDidNotTake() throws Exception {
        final AtomicInteger attempts = new AtomicInteger();
        client = TrunklineClient.connect(gateway.config().acknowledgements(1, 1).build(), new RecordingListener() {
            @Override
            public void onStatus(final MessageStatusDecoder status) {
                if (status.sequence() == 2 && attempts.getAndIncrement() == 0) {
                    throw new IllegalStateException("the database is down");
                }
            }
        });
        final ScriptedPeer peer = gateway.acceptAndWelcome(10);
        peer.status(1, MessageState.SENT);
        peer.status(2, MessageState.DELIVERED);
        final ScriptedPeer next = gateway.accept();
        assertThat(next.readHello().resumeAfter()).isEqualTo(1);
        next.welcome(10, 1);
        next.status(2, MessageState.DELIVERED);
        assertThat(next.readAck()).isEqualTo(2);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void staysAwayWhereTheGatewaySaysThatTryingAgainIsOfNoUse() throws Exception {
        client = TrunklineClient.connect(gateway.config().build(), listener);
        final ScriptedPeer peer = gateway.accept();
        peer.readHello();
        peer.reject(1002, false, 0);
        assertThatThrownBy(() -> client.connected().get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(ClientException.class, error -> {
                    assertThat(error.kind()).isEqualTo(ClientException.Kind.REFUSED);
                    assertThat(error.refusal().code()).isEqualTo(1002);
                });
        await().until(() -> listener.lines.contains("disconnected 1002 for good"));
        assertThat(client.state()).isEqualTo(ClientState.REFUSED);
    }

    @Test
    void comesBackAfterARefusalThatPasses() throws Exception {
        client = TrunklineClient.connect(gateway.config().build(), listener);
        final ScriptedPeer peer = gateway.accept();
        peer.readHello();
        final long before = System.nanoTime();
        peer.reject(1005, true, 300);
        gateway.acceptAndWelcome(1);
        assertThat(System.nanoTime() - before).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(290));
        client.connected().get(20, TimeUnit.SECONDS);
    }

    @Test
    void doesNotFightForItsSubscription() throws Exception {
        client = TrunklineClient.connect(gateway.config().build(), listener);
        final ScriptedPeer peer = gateway.acceptAndWelcome(1);
        client.connected().get(20, TimeUnit.SECONDS);
        peer.goodbye(1023, false);
        await().until(() -> client.state() == ClientState.REFUSED);
        assertThat(listener.lines).contains("disconnected 1023 for good");
    }

    @Test
    void comesBackAfterAGoodbyeWithoutReproach() throws Exception {
        client = TrunklineClient.connect(gateway.config().build(), listener);
        gateway.acceptAndWelcome(1).goodbye(0, false);
        gateway.acceptAndWelcome(1);
        await().until(() -> listener.lines.contains("disconnected 0 again"));
    }

    @Test
    void leavesAGatewayThatSendsWhatIsNoFrame() throws Exception {
        client = TrunklineClient.connect(gateway.config().build(), listener);
        gateway.acceptAndWelcome(1).sendRaw(new byte[] {-1, -1, -1, 127, 0, 0, 0, 0});
        gateway.acceptAndWelcome(1);
        await().until(() -> client.state() == ClientState.READY);
    }

    @Test
    void keepsAnIdleConnectionAliveAndLeavesADeadOne() throws Exception {
        client = TrunklineClient.connect(gateway.config().build(), listener);
        final ScriptedPeer peer = gateway.accept();
        peer.readHello();
        peer.welcome(1, 0, 600);
        for (int i = 0; i < 3; i++) {
            peer.pong(peer.readPing());
        }
        assertThat(client.state()).isEqualTo(ClientState.READY);
        // From here on the gateway is silent, though its socket stands.
        gateway.acceptAndWelcome(1);
    }

    @Test
    void leavesAGatewayThatOwesAnswers() throws Exception {
        client = TrunklineClient.connect(gateway.config().answerTimeoutMs(200).build(), listener);
        final ScriptedPeer peer = gateway.acceptAndWelcome(1);
        client.connected().get(20, TimeUnit.SECONDS);
        final CompletableFuture<SubmitResult> future = client.submit(message(1));
        peer.readSubmit();
        final ScriptedPeer next = gateway.acceptAndWelcome(1);
        assertThat(next.readSubmit().referenceLo()).isEqualTo(1);
        next.accept(0, 1, 5);
        future.get(20, TimeUnit.SECONDS);
    }
}
