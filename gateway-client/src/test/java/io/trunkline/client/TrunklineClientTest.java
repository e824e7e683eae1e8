package io.trunkline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.trunkline.upstream.codec.CancelOutcome;
import io.trunkline.upstream.codec.Durability;
import io.trunkline.upstream.codec.Encoding;
import io.trunkline.upstream.codec.GoodbyeDecoder;
import io.trunkline.upstream.codec.HelloDecoder;
import io.trunkline.upstream.codec.MessageClass;
import io.trunkline.upstream.codec.MessageState;
import io.trunkline.upstream.codec.ReceiptWish;
import io.trunkline.upstream.codec.SenderType;
import io.trunkline.upstream.codec.SubmitMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TrunklineClientTest extends ScriptedGatewayTest {
    private ScriptedPeer connect(final ClientConfig.Builder config, final int credit) throws Exception {
        client = TrunklineClient.connect(config.build(), listener);
        final ScriptedPeer peer = gateway.acceptAndWelcome(credit);
        client.connected().get(20, TimeUnit.SECONDS);
        return peer;
    }

    private <T> T onLoop(final Callable<T> action) throws Exception {
        return client.eventLoop().submit(action).get(20, TimeUnit.SECONDS);
    }

    private static Submit message(final long reference) {
        return Submit.of(ClientReference.of(reference))
                .from("+4915112345")
                .to("+306912345678")
                .text("Καλημέρα")
                .build();
    }

    @Test
    void saysWhoItIsAndTellsWhatWasGranted() throws Exception {
        client = TrunklineClient.connect(
                gateway.config().eventWindow(64).resumeAfter(41).build(), listener);
        final ScriptedPeer peer = gateway.accept();
        final HelloDecoder hello = peer.readHello();
        assertThat(hello.protocolVersion()).isEqualTo(1);
        assertThat(hello.flags().events()).isTrue();
        assertThat(hello.eventWindow()).isEqualTo(64);
        assertThat(hello.resumeAfter()).isEqualTo(41);
        assertThat(hello.tenant()).isEqualTo("acme");
        assertThat(hello.token()).isEqualTo("s3cret");
        assertThat(hello.clientName()).isEqualTo("orders");
        peer.welcome(100, 41);
        assertThat(client.connected().get(20, TimeUnit.SECONDS))
                .isEqualTo(new Welcome(
                        1,
                        Durability.DISK,
                        100,
                        ScriptedPeer.MAX_FRAME_LENGTH,
                        ScriptedPeer.IDLE_TIMEOUT_MS,
                        ScriptedPeer.EVENT_WINDOW,
                        41,
                        41,
                        1_700_000_000_000L,
                        "trunkline test"));
        assertThat(client.state()).isEqualTo(ClientState.READY);
    }

    @Test
    void submitsEveryFieldAndTellsTheAnswer() throws Exception {
        final ScriptedPeer peer = connect(gateway.config(), 10);
        final CompletableFuture<SubmitResult> future = client.submit(Submit.of(new ClientReference(-2, 3))
                .from(SenderType.ALPHANUMERIC, "Trunkline")
                .to("+306912345678")
                .binary(4, true, new byte[] {5, 0, 3, 1, 1, 1, 65})
                .messageClass(MessageClass.OTP)
                .receiptWish(ReceiptWish.ALL)
                .validity(Duration.ofMinutes(5))
                .priceCapMicros(75_000)
                .smartEncoding()
                .campaign("spring")
                .tags("a=1")
                .build());
        final SubmitMessageDecoder submit = peer.readSubmit();
        assertThat(submit.referenceHi()).isEqualTo(-2);
        assertThat(submit.referenceLo()).isEqualTo(3);
        assertThat(submit.messageClass()).isEqualTo(MessageClass.OTP);
        assertThat(submit.senderType()).isEqualTo(SenderType.ALPHANUMERIC);
        assertThat(submit.receiptWish()).isEqualTo(ReceiptWish.ALL);
        assertThat(submit.dataCoding()).isEqualTo((short) 4);
        assertThat(submit.validityMs()).isEqualTo(300_000);
        assertThat(submit.priceCapMicros()).isEqualTo(75_000);
        assertThat(submit.scheduledAtMs()).isEqualTo(SubmitMessageDecoder.scheduledAtMsNullValue());
        assertThat(submit.flags().smartEncoding()).isTrue();
        assertThat(submit.flags().userDataHeader()).isTrue();
        assertThat(submit.from()).isEqualTo("Trunkline");
        assertThat(submit.to()).isEqualTo("+306912345678");
        final byte[] body = new byte[submit.bodyLength()];
        submit.getBody(body, 0, body.length);
        assertThat(body).containsExactly(5, 0, 3, 1, 1, 1, 65);
        assertThat(submit.campaign()).isEqualTo("spring");
        assertThat(submit.tags()).isEqualTo("a=1");

        peer.accept(-2, 3, 77);
        assertThat(future.get(20, TimeUnit.SECONDS))
                .isEqualTo(new SubmitResult.Accepted(
                        new ClientReference(-2, 3),
                        77,
                        Encoding.GSM7,
                        1,
                        MessageState.ACCEPTED,
                        false,
                        Durability.DISK));
    }

    @Test
    void tellsARefusalWithItsCodeAndWhetherToTryAgain() throws Exception {
        final ScriptedPeer peer = connect(gateway.config(), 10);
        final CompletableFuture<SubmitResult> future = client.submit(message(5));
        peer.readSubmit();
        peer.refuse(0, 5, 1021, 250);
        assertThat(future.get(20, TimeUnit.SECONDS))
                .isEqualTo(new SubmitResult.Refused(ClientReference.of(5), new Refusal(1021, true, 250, "refused")));
    }

    @Test
    void neverHasMoreUnansweredSubmitsThanTheCredit() throws Exception {
        final ScriptedPeer peer = connect(gateway.config(), 2);
        final SubmitBuilder message = new SubmitBuilder().text("x".getBytes(StandardCharsets.UTF_8));
        assertThat(onLoop(() -> client.trySubmit(message.reference(0, 1)))).isTrue();
        assertThat(onLoop(() -> client.trySubmit(message.reference(0, 2)))).isTrue();
        assertThat(onLoop(() -> client.trySubmit(message.reference(0, 3)))).isFalse();
        assertThat(peer.readSubmit().referenceLo()).isEqualTo(1);
        assertThat(peer.readSubmit().referenceLo()).isEqualTo(2);
        listener.lines.clear();
        peer.accept(0, 2, 12);
        await().until(() -> listener.lines.size() == 2);
        assertThat(listener.lines).containsExactly("accepted 2 as 12", "credit 1");
        assertThat(onLoop(() -> client.trySubmit(message.reference(0, 3)))).isTrue();
        assertThat(peer.readSubmit().referenceLo()).isEqualTo(3);
    }

    @Test
    void followsTheCreditDownAndUp() throws Exception {
        final ScriptedPeer peer = connect(gateway.config(), 5);
        peer.credit(0);
        await().until(() -> onLoop(() -> client.available()) == 0);
        final CompletableFuture<SubmitResult> waits = client.submit(message(1), Duration.ofSeconds(20));
        final CompletableFuture<SubmitResult> fails = client.submit(message(2));
        assertThatThrownBy(() -> fails.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(ClientException.class, error -> {
                    assertThat(error.kind()).isEqualTo(ClientException.Kind.NO_CREDIT);
                    assertThat(error.inDoubt()).isFalse();
                });
        peer.credit(1);
        assertThat(peer.readSubmit().referenceLo()).isEqualTo(1);
        peer.accept(0, 1, 11);
        assertThat(waits.get(20, TimeUnit.SECONDS)).isInstanceOf(SubmitResult.Accepted.class);
    }

    @Test
    void letsOnlySoManyCallersWaitAndOnlyForTheirTime() throws Exception {
        connect(gateway.config().maxWaiting(2), 0);
        final CompletableFuture<SubmitResult> first = client.submit(message(1), Duration.ofMillis(100));
        final CompletableFuture<SubmitResult> second = client.submit(message(2), Duration.ofMillis(200));
        assertThat(kindOf(client.submit(message(3), Duration.ofSeconds(20))))
                .isEqualTo(ClientException.Kind.QUEUE_FULL);
        assertThat(kindOf(first)).isEqualTo(ClientException.Kind.NO_CREDIT);
        assertThat(kindOf(second)).isEqualTo(ClientException.Kind.NO_CREDIT);
        assertThat(kindOf(client.submit(message(4)))).isEqualTo(ClientException.Kind.NO_CREDIT);
    }

    @Test
    void refusesWhatItCannotSend() throws Exception {
        final ScriptedPeer peer = connect(gateway.config(), 10);
        final CompletableFuture<SubmitResult> first = client.submit(message(1));
        assertThat(kindOf(client.submit(message(1)))).isEqualTo(ClientException.Kind.REFERENCE_IN_FLIGHT);
        assertThat(kindOf(client.submit(Submit.of(ClientReference.of(2))
                        .to("1")
                        .text("x".repeat(ScriptedPeer.MAX_FRAME_LENGTH))
                        .build())))
                .isEqualTo(ClientException.Kind.TOO_LARGE);
        assertThatThrownBy(() -> onLoop(() -> client.trySubmit(new SubmitBuilder())))
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.trySubmit(new SubmitBuilder())).isInstanceOf(IllegalStateException.class);
        peer.readSubmit();
        peer.accept(0, 1, 1);
        first.get(20, TimeUnit.SECONDS);
    }

    @Test
    void sendsALargeMessageWhole() throws Exception {
        final ScriptedPeer peer = connect(gateway.config(), 10);
        final String text = "Ω".repeat(1500);
        final CompletableFuture<SubmitResult> answer = client.submit(
                Submit.of(ClientReference.of(2)).to("1").text(text).build());
        final SubmitMessageDecoder submit = peer.readSubmit();
        submit.skipFrom();
        submit.skipTo();
        final byte[] body = new byte[submit.bodyLength()];
        submit.getBody(body, 0, body.length);
        assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo(text);
        peer.accept(0, 2, 1);
        assertThat(answer.get(20, TimeUnit.SECONDS)).isInstanceOf(SubmitResult.Accepted.class);
    }

    @Test
    void asksForACancelAgainUntilThereIsAnAnswer() throws Exception {
        final ScriptedPeer peer = connect(gateway.config(), 10);
        final CompletableFuture<CancelOutcome> first = client.cancel(7);
        final CompletableFuture<CancelOutcome> second = client.cancel(7);
        assertThat(peer.readCancel()).isEqualTo(7);
        peer.kill();
        final ScriptedPeer next = gateway.acceptAndWelcome(10);
        assertThat(next.readCancel()).isEqualTo(7);
        next.cancelResult(7, CancelOutcome.TOO_LATE);
        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(CancelOutcome.TOO_LATE);
        assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(CancelOutcome.TOO_LATE);
    }

    @Test
    void saysGoodbyeAndGivesUpWhatIsUnanswered() throws Exception {
        final ScriptedPeer peer = connect(gateway.config(), 10);
        final CompletableFuture<SubmitResult> future = client.submit(message(1));
        onLoop(() -> client.trySubmit(new SubmitBuilder().reference(0, 2)));
        peer.readSubmit();
        peer.readSubmit();
        client.close();
        assertThat(peer.read()).isEqualTo(GoodbyeDecoder.TEMPLATE_ID);
        assertThat(peer.read()).isEqualTo(-1);
        assertThat(kindOf(future)).isEqualTo(ClientException.Kind.CLOSED);
        assertThat(listener.lines).containsSubsequence("abandoned 2", "disconnected for good");
        assertThat(client.state()).isEqualTo(ClientState.CLOSED);
    }

    @Test
    void closesBeforeItHasBegun() throws Exception {
        final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            final EventLoop loop = group.next();
            client = loop.submit(() -> {
                        final TrunklineClient early = TrunklineClient.connect(
                                gateway.config().eventLoop(loop).build(), listener);
                        early.close();
                        return early;
                    })
                    .get(20, TimeUnit.SECONDS);
            assertThat(kindOf(client.connected())).isEqualTo(ClientException.Kind.CLOSED);
            // Behind what would have begun it.
            assertThat(loop.submit(client::state).get(20, TimeUnit.SECONDS)).isEqualTo(ClientState.CLOSED);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private static ClientException.Kind kindOf(final CompletableFuture<?> future) throws Exception {
        try {
            future.get(20, TimeUnit.SECONDS);
        } catch (final ExecutionException failed) {
            return ((ClientException) failed.getCause()).kind();
        }
        throw new AssertionError("no failure");
    }
}
