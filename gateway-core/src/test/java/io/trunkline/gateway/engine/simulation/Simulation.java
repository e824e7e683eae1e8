package io.trunkline.gateway.engine.simulation;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.engine.BodyStore;
import io.trunkline.gateway.engine.CarrierDesk;
import io.trunkline.gateway.engine.Conclusion;
import io.trunkline.gateway.engine.Engine;
import io.trunkline.gateway.engine.EngineContext;
import io.trunkline.gateway.engine.EngineLimits;
import io.trunkline.gateway.engine.EngineRecovery;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.MessageIds;
import io.trunkline.gateway.engine.ReceiptNotice;
import io.trunkline.gateway.engine.RouteQuestion;
import io.trunkline.gateway.engine.SubmitAnswer;
import io.trunkline.gateway.engine.SubmitRequest;
import io.trunkline.smpp.text.Concatenation;
import io.trunkline.smpp.text.TextProfile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One engine among simulated tenants, carriers, disk and clock, all driven by one seed: the same seed gives the same run,
 * to the last record. Faults come as they are configured; after {@link #heal} everything must become final.
 */
final class Simulation {
    private static final int TENANTS = 3;
    private static final long RESPONSE_TIMEOUT_MS = 600;
    private static final int RECEIPT_AGAIN_MS = 200;
    /** Records that a segment under way may still need: its answer, the progress and the end of its unit. */
    private static final int ENDS_OF_A_SEGMENT = 3;

    /** What all bodies begin with. */
    static final String BODY = "message ";

    /** Longest body of a carrier whose answers are its last word. */
    static final int MOST_OCTETS = 300;

    private static final int OPEN_UNITS = 5_000;
    /** Of a carrier that cuts long messages itself: one PDU for several segments on the air. */
    private static final TextProfile WHOLE_MESSAGES =
            TextProfile.builder().concatenation(Concatenation.PAYLOAD).build();

    final SplittableRandom random;
    final SimulatedJournal journal = new SimulatedJournal();
    final SimulatedKeys keys = new SimulatedKeys();
    final List<SimulatedCarrier> carriers = new ArrayList<>();
    final List<SimulatedLink> links = new ArrayList<>();
    final Map<Integer, Carrier> carrierConfigs = new LinkedHashMap<>();
    /** By reference: the unit id that was acknowledged. */
    final Map<Long, Long> acknowledged = new HashMap<>();

    private final Map<Long, Submit> unacknowledged = new LinkedHashMap<>();
    private final Map<Long, Submit> submits = new HashMap<>();
    private final Map<String, Long> sentAtMs = new HashMap<>();
    private final ArrayDeque<long[]> bodyRequests = new ArrayDeque<>();
    private final List<Runnable> unsealed = new ArrayList<>();
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private final SubmitAnswer answer = new SubmitAnswer();
    private final boolean disk;

    private Engine engine;
    private SimulatedTenantEvents events;
    private long nowNs = TimeUnit.DAYS.toNanos(3);
    private long nowMs = 1_795_000_000_000L;
    private long references;
    private long checkpointBegin;
    boolean healed;
    int crashes;

    private record Held(long position, Runnable leave) {}

    private record Submit(long reference, int tenant, String to, String body, int messageClass, int receiptWish) {}

    Simulation(final long seed, final Carrier.DoubtPolicy policy, final boolean disk, final int bodiesInMemory) {
        random = new SplittableRandom(seed);
        this.disk = disk;
        for (int number = 1; number <= 2; number++) {
            final SimulatedCarrier.Faults faults = new SimulatedCarrier.Faults();
            faults.throttled = 4;
            faults.systemError = 3;
            faults.refused = 2;
            faults.noAnswer = 2;
            faults.undelivered = 10;
            faults.duplicateReceipt = 10;
            faults.earlyReceipt = 10;
            faults.noReceipt = 3;
            final SimulatedCarrier carrier = new SimulatedCarrier(number, random, faults);
            carriers.add(carrier);
            carrierConfigs.put(number, SimulatedConfig.carrier("carrier-" + number, policy, bodiesInMemory));
            links.add(new SimulatedLink(number * 10, carrier, this, 20));
            links.add(new SimulatedLink(number * 10 + 1, carrier, this, 5));
        }
        start();
    }

    /** The answers of the second carrier are its last word, as those of a SIP trunk are. */
    Simulation concluding() {
        carriers.get(1).concludes = true;
        return this;
    }

    long nowMs() {
        return nowMs;
    }

    Engine engine() {
        return engine;
    }

    /** Something leaves the gateway: it happens once the journal is durable up to the end of this duty cycle. */
    void afterGate(final Runnable leave) {
        unsealed.add(leave);
    }

    private void start() {
        events = new SimulatedTenantEvents();
        final EngineLimits limits =
                new EngineLimits(OPEN_UNITS, 1 << 20, 10, 50_000, 3_600_000, 1_000, 10_000, 100, 5_000, 300);
        engine = new Engine(new EngineContext(
                0, limits, journal, events, new FixedRouter(Simulation::byLastDigit, 1), bodyStore(), nowNs, nowMs));
        engine.sealing(keys, SimulatedKeys.OTP_AND_TRANSACTIONAL);
        for (int tenant = 1; tenant <= TENANTS; tenant++) {
            engine.tenant(tenant, SimulatedConfig.tenant("tenant-" + tenant, OPEN_UNITS));
        }
        carrierConfigs.forEach((number, config) -> engine.carrier(
                number, config, number == 2 ? WHOLE_MESSAGES : TextProfile.DEFAULT, new PlainMessageIds()));
        final EngineRecovery recovery = engine.recovery();
        journal.read(checkpointBegin, record -> {
            recovery.onRecord(record);
            events.recover(record);
        });
        // Cursors are not part of this simulation's checkpoints: sequences are read from all there is.
        journal.read(1, events::recover);
        recovery.resume();
        links.forEach(link -> {
            link.raise();
            engine.linkUp(link);
            link.simulatedCarrier().redeliver(nowMs);
        });
    }

    private BodyStore bodyStore() {
        return (unitId, sequence) -> {
            if (bodyRequests.size() >= 16) {
                return false;
            }
            bodyRequests.add(new long[] {unitId, sequence});
            return true;
        };
    }

    void heal() {
        healed = true;
        carriers.forEach(carrier -> carrier.faults.heal());
        journal.accepting(true);
    }

    /** One duty cycle. */
    void step() {
        final long stepMs = 1L + random.nextInt(5);
        nowNs += TimeUnit.MILLISECONDS.toNanos(stepMs);
        nowMs += stepMs;
        journal.wallTimeNs(TimeUnit.MILLISECONDS.toNanos(nowMs));
        engine.time(nowNs, nowMs);
        if (!healed) {
            submitSome();
            misfortune();
        } else if (!unacknowledged.isEmpty()) {
            resubmit();
        }
        carriers.forEach(this::carrierSteps);
        timeouts();
        for (int i = random.nextInt(4); i > 0 && !bodyRequests.isEmpty(); i--) {
            final long[] request = bodyRequests.poll();
            if (random.nextInt(4) == 0) {
                // The reader was faster than the publishing of the record: it comes to the front of the queue again.
                engine.bodyMissing(request[0], request[1]);
                continue;
            }
            final var record = journal.get(request[1]);
            engine.bodyLoaded(request[0], record.buffer(), record.offset(), record.blockLength(), record.version());
        }
        engine.doWork();
        endCycle();
    }

    private void endCycle() {
        journal.publish();
        unsealed.forEach(leave -> held.add(new Held(journal.committed(), leave)));
        unsealed.clear();
        if (!disk || random.nextInt(3) > 0) {
            journal.force(journal.published());
        }
        while (!held.isEmpty() && held.peek().position() <= journal.durable()) {
            held.poll().leave().run();
        }
    }

    private void submitSome() {
        for (int i = random.nextInt(4); i > 0; i--) {
            final long reference = ++references;
            final StringBuilder body = new StringBuilder(BODY + reference + ' ');
            final int length = random.nextInt(10) == 0 ? 400 : 40;
            while (body.length() < length) {
                body.append((char) ('a' + random.nextInt(26)));
            }
            final Submit submit = new Submit(
                    reference,
                    1 + random.nextInt(TENANTS),
                    "3069" + (10_000_000 + random.nextInt(80_000_000)),
                    body.toString(),
                    1 + random.nextInt(3),
                    1 + random.nextInt(3));
            submits.put(reference, submit);
            unacknowledged.put(reference, submit);
            submit(submit);
        }
        if (random.nextInt(20) == 0 && !acknowledged.isEmpty()) {
            submit(submits.get(1 + (long) random.nextInt((int) references)));
        }
    }

    private void resubmit() {
        final List<Submit> again = new ArrayList<>(unacknowledged.values());
        again.forEach(this::submit);
    }

    private void submit(final Submit submit) {
        final byte[] bytes = ("acme" + submit.to() + submit.body()).getBytes(StandardCharsets.UTF_8);
        final SubmitRequest request = new SubmitRequest();
        request.tenant = submit.tenant();
        request.referenceLo = submit.reference();
        request.messageClass = submit.messageClass();
        request.senderType = 2;
        request.receiptWish = submit.receiptWish();
        request.origin = 1;
        request.dataCoding = SubmitRequest.TEXT;
        request.scheduledAtMs = SubmitRequest.ABSENT;
        request.validityMs = SubmitRequest.ABSENT;
        request.priceCapMicros = SubmitRequest.ABSENT;
        request.buffer = new UnsafeBuffer(bytes);
        request.fromLength = 4;
        request.toOffset = 4;
        request.toLength = submit.to().length();
        request.bodyOffset = 4 + submit.to().length();
        request.bodyLength = bytes.length - request.bodyOffset;
        engine.submit(request, answer);
        if (answer.accepted()) {
            final long unitId = answer.unitId;
            afterGate(() -> {
                unacknowledged.remove(submit.reference());
                final Long before = acknowledged.putIfAbsent(submit.reference(), unitId);
                if (before != null && before != unitId) {
                    throw new AssertionError("reference " + submit.reference() + " became two units");
                }
            });
        } else if (!answer.code.retryable()) {
            throw new AssertionError("refused with " + answer.code);
        }
    }

    private void carrierSteps(final SimulatedCarrier carrier) {
        while (!carrier.steps.isEmpty() && carrier.steps.peek().atMs() <= nowMs) {
            final SimulatedCarrier.Step step = carrier.steps.poll();
            if (step.link() == null) {
                receipt(carrier, step.messageId());
            } else if (step.link().up() && step.link().incarnation() == step.incarnation()) {
                final boolean late = !step.link().settle(step.ticket());
                final UnsafeBuffer id = new UnsafeBuffer(step.messageId().getBytes(StandardCharsets.US_ASCII));
                if (carrier.concludes && step.status() == 0) {
                    final boolean delivered = random.nextInt(2) == 0;
                    engine.concluded(
                            step.link(),
                            step.ticket(),
                            delivered ? 200 : 202,
                            delivered ? Conclusion.DELIVERED : Conclusion.NOTHING_FOLLOWS,
                            late);
                } else {
                    engine.answered(step.link(), step.ticket(), step.status(), id, 0, id.capacity(), late);
                }
            }
        }
    }

    private void receipt(final SimulatedCarrier carrier, final String messageId) {
        final SimulatedCarrier.Receipt receipt = carrier.owed.get(messageId);
        final SimulatedLink link = links.stream()
                .filter(candidate -> candidate.simulatedCarrier() == carrier && candidate.up())
                .findFirst()
                .orElse(null);
        if (receipt == null || link == null) {
            return;
        }
        final ReceiptNotice notice = new ReceiptNotice();
        final byte[] bytes = (messageId + receipt.handset()).getBytes(StandardCharsets.US_ASCII);
        notice.buffer = new UnsafeBuffer(bytes);
        notice.messageIdLength = messageId.length();
        notice.handsetOffset = messageId.length();
        notice.handsetLength = receipt.handset().length();
        notice.messageState = receipt.state();
        notice.finalState = true;
        notice.errorCode = receipt.state() == 2 ? ErrorCode.NONE : ErrorCode.UNDELIVERABLE;
        final int status = engine.receipt(link, notice);
        final int incarnation = link.incarnation();
        if (status == 0) {
            afterGate(() -> {
                if (link.incarnation() == incarnation) {
                    carrier.owed.remove(messageId);
                }
            });
        } else {
            carrier.receiptAt(nowMs + RECEIPT_AGAIN_MS, messageId);
        }
    }

    private void timeouts() {
        for (final SimulatedLink link : links) {
            for (final long ticket : new ArrayList<>(link.awaiting())) {
                final String key = link.number() + "/" + link.incarnation() + "/" + ticket;
                final long since = sentAtMs.computeIfAbsent(key, ignored -> nowMs);
                if (nowMs - since > RESPONSE_TIMEOUT_MS) {
                    link.settle(ticket);
                    sentAtMs.remove(key);
                    engine.unanswered(link, ticket, CarrierDesk.Unanswered.TIMEOUT);
                }
            }
        }
    }

    private void misfortune() {
        final SimulatedLink link = links.get(random.nextInt(links.size()));
        if (link.up() && random.nextInt(400) == 0) {
            link.drop().forEach(ticket -> engine.unanswered(link, ticket, CarrierDesk.Unanswered.LINK_LOST));
            engine.linkDown(link);
        } else if (!link.up() && random.nextInt(60) == 0) {
            raise(link);
        }
        final int space = random.nextInt(1_400);
        if (space == 0) {
            journal.accepting(false);
        } else if (space == 1) {
            // What is under way may end: an answer, and with it the end of its unit and its event.
            journal.exhausted(ENDS_OF_A_SEGMENT * engine.outstanding());
        } else if (random.nextInt(50) == 0) {
            journal.accepting(true);
        }
        if (random.nextInt(500) == 0) {
            engine.checkpoint(1, new NoOthers(), begin -> afterGate(() -> checkpointBegin = begin));
        }
    }

    void raiseAll() {
        links.stream().filter(link -> !link.up()).forEach(this::raise);
    }

    private void raise(final SimulatedLink link) {
        link.raise();
        engine.linkUp(link);
        link.simulatedCarrier().redeliver(nowMs);
    }

    /** kill -9 or power loss at this very moment, and a start. */
    void crash() {
        crashes++;
        journal.crash(disk ? random.nextInt(5) : 0);
        // Without room for a fresh reserve a journal does not start.
        journal.accepting(true);
        unsealed.clear();
        held.clear();
        bodyRequests.clear();
        sentAtMs.clear();
        links.forEach(SimulatedLink::drop);
        nowNs += TimeUnit.MILLISECONDS.toNanos(500);
        nowMs += 500;
        start();
        // Clients reconnect and send again what was not acknowledged.
        resubmit();
    }

    boolean settled() {
        return unacknowledged.isEmpty() && engine.openUnits() == 0 && held.isEmpty();
    }

    /** The first carrier for even numbers, the second for odd ones, the other as second choice. */
    private static int[] byLastDigit(final RouteQuestion question) {
        final int first = 1 + (question.to.getByte(question.toOffset + question.toLength - 1) & 1);
        return new int[] {first, 3 - first};
    }

    /** Ids of up to 16 characters are their own key. */
    private static final class PlainMessageIds implements MessageIds {
        private final UnsafeBuffer key = new UnsafeBuffer(new byte[16]);

        @Override
        public void answer(final DirectBuffer buffer, final int offset, final int length) {
            key.setMemory(0, 16, (byte) 0);
            key.putBytes(0, buffer, offset, length);
        }

        @Override
        public void receipt(final DirectBuffer buffer, final int offset, final int length) {
            answer(buffer, offset, length);
        }

        @Override
        public long hi() {
            return key.getLong(0);
        }

        @Override
        public long lo() {
            return key.getLong(8);
        }
    }
}
