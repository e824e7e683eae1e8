package io.trunkline.smpp.jsmpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.trunkline.smpp.codec.AncillaryEncoder;
import io.trunkline.smpp.codec.BindRequest;
import io.trunkline.smpp.codec.BroadcastRequest;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CongestionState;
import io.trunkline.smpp.codec.DistributionList;
import io.trunkline.smpp.codec.MultiDestination;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.OutboundTlvs;
import io.trunkline.smpp.codec.PduEncoder;
import io.trunkline.smpp.codec.RefusedDestination;
import io.trunkline.smpp.codec.SmeAddress;
import io.trunkline.smpp.codec.TlvTag;
import io.trunkline.smpp.trace.Disclosure;
import io.trunkline.smpp.trace.PduReading;
import io.trunkline.smpp.trace.WireDescriber;
import java.util.ArrayList;
import java.util.List;
import org.jsmpp.bean.Address;
import org.jsmpp.bean.DestinationAddress;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.UnsuccessDelivery;
import org.jsmpp.util.DefaultComposer;
import org.jsmpp.util.PDUComposer;
import org.junit.jupiter.api.Test;

/**
 * The same random parameters go to our encoder and to jSMPP's composer: the octets must be equal, and both readers must agree
 * on them. The seed is in every failure.
 */
class JsmppDifferentialTest {
    private static final int ROUNDS = 300;
    private static final long SEED = 0x5EED_2026L;

    private final PDUComposer jsmpp = new DefaultComposer();
    private final WireDescriber ours = new WireDescriber();
    private final JsmppDescriber theirs = new JsmppDescriber();

    /** Composes one PDU both ways. */
    @FunctionalInterface
    private interface Round {
        byte[] compose(RandomFields fields, ByteBuf out) throws Exception;
    }

    private void compare(final Round round) throws Exception {
        for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
            final ByteBuf out = Unpooled.buffer();
            final byte[] expected = round.compose(new RandomFields(seed), out);
            assertThat(ByteBufUtil.hexDump(out)).as("seed %d", seed).isEqualTo(ByteBufUtil.hexDump(expected));
            final PduReading reading = ours.describe(expected, Disclosure.SECRETS);
            assertThat(reading).as("seed %d", seed).isInstanceOf(PduReading.Described.class);
            assertThat(theirs.describe(expected, Disclosure.SECRETS))
                    .as("seed %d", seed)
                    .isEqualTo(reading);
        }
    }

    @Test
    void binds() throws Exception {
        final int[] commands = {CommandId.BIND_RECEIVER, CommandId.BIND_TRANSMITTER, CommandId.BIND_TRANSCEIVER};
        compare((f, out) -> {
            final int command = commands[f.below(3)];
            final int sequence = f.sequence();
            final BindRequest bind =
                    new BindRequest(f.text(15), f.text(8), f.text(12), f.octet() & 0xFF, f.ton(), f.npi(), f.text(40));
            PduEncoder.bind(out, command, sequence, bind);
            return jsmpp.bind(
                    command,
                    sequence,
                    bind.systemId(),
                    bind.password(),
                    bind.systemType(),
                    (byte) bind.interfaceVersion(),
                    (byte) bind.addressTon(),
                    (byte) bind.addressNpi(),
                    bind.addressRange());
        });
    }

    @Test
    void bindResponses() throws Exception {
        compare((f, out) -> {
            final int sequence = f.sequence();
            final String systemId = f.text(15);
            final int version = f.octet() & 0xFF;
            PduEncoder.bindResp(out, CommandId.BIND_TRANSCEIVER, sequence, systemId, version);
            return jsmpp.bindResp(
                    CommandId.BIND_TRANSCEIVER_RESP,
                    sequence,
                    systemId,
                    new OptionalParameter.Sc_interface_version((byte) version));
        });
    }

    @Test
    void linksAndOutbinds() throws Exception {
        compare((f, out) -> {
            final int sequence = f.sequence();
            switch (f.below(6)) {
                case 0 -> {
                    PduEncoder.unbind(out, sequence);
                    return jsmpp.unbind(sequence);
                }
                case 1 -> {
                    PduEncoder.unbindResp(out, 0, sequence);
                    return jsmpp.unbindResp(0, sequence);
                }
                case 2 -> {
                    PduEncoder.enquireLink(out, sequence);
                    return jsmpp.enquireLink(sequence);
                }
                case 3 -> {
                    PduEncoder.enquireLinkResp(out, sequence);
                    return jsmpp.enquireLinkResp(sequence);
                }
                case 4 -> {
                    PduEncoder.genericNack(out, 3, sequence);
                    return jsmpp.genericNack(3, sequence);
                }
                default -> {
                    final String systemId = f.text(15);
                    final String password = f.text(8);
                    PduEncoder.outbind(out, sequence, systemId, password);
                    return jsmpp.outbind(sequence, systemId, password);
                }
            }
        });
    }

    /** The parameters that submit_sm, deliver_sm, data_sm, submit_multi and replace_sm draw from. */
    private static final class Message {
        final int sequence;
        final String serviceType;
        final SmeAddress source;
        final SmeAddress destination;
        final byte esmClass;
        final byte protocolId;
        final byte priority;
        final String schedule;
        final String validity;
        final byte registered;
        final boolean replace;
        final byte dataCoding;
        final byte defaultId;
        final byte[] text;
        final OutboundTlvs tlvs = new OutboundTlvs();
        final List<OptionalParameter> parameters = new ArrayList<>();
        final OutboundSm sm = new OutboundSm();

        Message(final RandomFields f, final boolean times) {
            sequence = f.sequence();
            serviceType = f.text(5);
            source = new SmeAddress(f.ton(), f.npi(), f.text(20));
            destination = new SmeAddress(f.ton(), f.npi(), f.text(20));
            esmClass = f.octet();
            protocolId = f.octet();
            priority = f.octet();
            schedule = times ? f.time() : "";
            validity = times ? f.time() : "";
            registered = f.octet();
            replace = times && f.flip();
            dataCoding = f.octet();
            defaultId = times ? f.octet() : 0;
            text = f.octets(254);
            final ByteBuf encoded = Unpooled.buffer();
            for (int n = f.below(4); n > 0; n--) {
                final int tag = 0x1400 + f.below(0x100);
                final byte[] value = f.octets(40);
                parameters.add(new OptionalParameter.OctetString((short) tag, value));
                encoded.writeShort(tag).writeShort(value.length).writeBytes(value);
            }
            sm.serviceType(serviceType)
                    .source(source.ton(), source.npi(), source.address())
                    .destination(destination.ton(), destination.npi(), destination.address())
                    .esmClass(esmClass & 0xFF)
                    .protocolId(protocolId & 0xFF)
                    .priority(priority & 0xFF)
                    .schedule(schedule)
                    .validity(validity)
                    .registeredDelivery(registered & 0xFF)
                    .replaceIfPresent(replace)
                    .dataCoding(dataCoding & 0xFF)
                    .defaultMessageId(defaultId & 0xFF)
                    .message(text, 0, text.length)
                    .tlvs(encoded, 0, encoded.writerIndex());
        }

        OptionalParameter[] parameters() {
            return parameters.toArray(new OptionalParameter[0]);
        }
    }

    @Test
    void submitSm() throws Exception {
        compare((f, out) -> {
            final Message m = new Message(f, true);
            PduEncoder.submitSm(out, m.sequence, m.sm);
            return jsmpp.submitSm(
                    m.sequence,
                    m.serviceType,
                    (byte) m.source.ton(),
                    (byte) m.source.npi(),
                    m.source.address(),
                    (byte) m.destination.ton(),
                    (byte) m.destination.npi(),
                    m.destination.address(),
                    m.esmClass,
                    m.protocolId,
                    m.priority,
                    m.schedule,
                    m.validity,
                    m.registered,
                    (byte) (m.replace ? 1 : 0),
                    m.dataCoding,
                    m.defaultId,
                    m.text,
                    m.parameters());
        });
    }

    @Test
    void submitSmWithMessagePayload() throws Exception {
        compare((f, out) -> {
            final Message m = new Message(f, true);
            m.sm.messagePayload(true);
            m.parameters.add(new OptionalParameter.Message_payload(m.text));
            PduEncoder.submitSm(out, m.sequence, m.sm);
            return jsmpp.submitSm(
                    m.sequence,
                    m.serviceType,
                    (byte) m.source.ton(),
                    (byte) m.source.npi(),
                    m.source.address(),
                    (byte) m.destination.ton(),
                    (byte) m.destination.npi(),
                    m.destination.address(),
                    m.esmClass,
                    m.protocolId,
                    m.priority,
                    m.schedule,
                    m.validity,
                    m.registered,
                    (byte) (m.replace ? 1 : 0),
                    m.dataCoding,
                    m.defaultId,
                    new byte[0],
                    m.parameters());
        });
    }

    @Test
    void deliverSm() throws Exception {
        compare((f, out) -> {
            final Message m = new Message(f, false);
            PduEncoder.deliverSm(out, m.sequence, m.sm);
            return jsmpp.deliverSm(
                    m.sequence,
                    m.serviceType,
                    (byte) m.source.ton(),
                    (byte) m.source.npi(),
                    m.source.address(),
                    (byte) m.destination.ton(),
                    (byte) m.destination.npi(),
                    m.destination.address(),
                    m.esmClass,
                    m.protocolId,
                    m.priority,
                    m.registered,
                    m.dataCoding,
                    m.text,
                    m.parameters());
        });
    }

    @Test
    void dataSm() throws Exception {
        compare((f, out) -> {
            final Message m = new Message(f, false);
            m.parameters.add(new OptionalParameter.Message_payload(m.text));
            PduEncoder.dataSm(out, m.sequence, m.sm);
            return jsmpp.dataSm(
                    m.sequence,
                    m.serviceType,
                    (byte) m.source.ton(),
                    (byte) m.source.npi(),
                    m.source.address(),
                    (byte) m.destination.ton(),
                    (byte) m.destination.npi(),
                    m.destination.address(),
                    m.esmClass,
                    m.registered,
                    m.dataCoding,
                    m.parameters());
        });
    }

    @Test
    void responsesWithAMessageId() throws Exception {
        compare((f, out) -> {
            final int sequence = f.sequence();
            final String id = f.text(64);
            final int congestion = f.below(101);
            switch (f.below(4)) {
                case 0 -> {
                    PduEncoder.smResp(out, CommandId.SUBMIT_SM, 0, sequence, id, CongestionState.ABSENT);
                    return jsmpp.submitSmResp(sequence, id);
                }
                case 1 -> {
                    PduEncoder.smResp(out, CommandId.SUBMIT_SM, 0, sequence, id, congestion);
                    return jsmpp.submitSmResp(sequence, id, new OptionalParameter.Congestion_state((byte) congestion));
                }
                case 2 -> {
                    PduEncoder.smResp(out, CommandId.DATA_SM, 0x58, sequence, id, CongestionState.ABSENT);
                    return jsmpp.dataSmResp(0x58, sequence, id);
                }
                default -> {
                    PduEncoder.deliverSmResp(out, 0x64, sequence, CongestionState.ABSENT);
                    return jsmpp.deliverSmResp(0x64, sequence, "");
                }
            }
        });
    }

    @Test
    void queryAndCancel() throws Exception {
        compare((f, out) -> {
            final Message m = new Message(f, true);
            final String id = f.text(64);
            switch (f.below(4)) {
                case 0 -> {
                    AncillaryEncoder.querySm(out, m.sequence, id, m.source);
                    return jsmpp.querySm(
                            m.sequence, id, (byte) m.source.ton(), (byte) m.source.npi(), m.source.address());
                }
                case 1 -> {
                    final int state = f.below(9);
                    AncillaryEncoder.querySmResp(out, m.sequence, id, m.validity, state, m.defaultId & 0xFF);
                    return jsmpp.querySmResp(m.sequence, id, m.validity, (byte) state, m.defaultId);
                }
                case 2 -> {
                    AncillaryEncoder.cancelSm(out, m.sequence, m.serviceType, id, m.source, m.destination);
                    return jsmpp.cancelSm(
                            m.sequence,
                            m.serviceType,
                            id,
                            (byte) m.source.ton(),
                            (byte) m.source.npi(),
                            m.source.address(),
                            (byte) m.destination.ton(),
                            (byte) m.destination.npi(),
                            m.destination.address());
                }
                default -> {
                    AncillaryEncoder.cancelSmResp(out, 0, m.sequence);
                    return jsmpp.cancelSmResp(m.sequence);
                }
            }
        });
    }

    @Test
    void replaceSm() throws Exception {
        compare((f, out) -> {
            final Message m = new Message(f, true);
            final String id = f.text(64);
            AncillaryEncoder.replaceSm(out, m.sequence, id, m.sm);
            return jsmpp.replaceSm(
                    m.sequence,
                    id,
                    (byte) m.source.ton(),
                    (byte) m.source.npi(),
                    m.source.address(),
                    m.schedule,
                    m.validity,
                    m.registered,
                    m.defaultId,
                    m.text);
        });
    }

    @Test
    void submitMulti() throws Exception {
        compare((f, out) -> {
            final Message m = new Message(f, true);
            final int count = 1 + f.below(f.flip() ? 254 : 4);
            final List<MultiDestination> mine = new ArrayList<>();
            final DestinationAddress[] his = new DestinationAddress[count];
            for (int i = 0; i < count; i++) {
                final SmeAddress address = new SmeAddress(f.ton(), f.npi(), f.text(20));
                mine.add(address);
                his[i] = new Address((byte) address.ton(), (byte) address.npi(), address.address());
            }
            AncillaryEncoder.submitMulti(out, m.sequence, m.sm, mine);
            return jsmpp.submitMulti(
                    m.sequence,
                    m.serviceType,
                    (byte) m.source.ton(),
                    (byte) m.source.npi(),
                    m.source.address(),
                    his,
                    m.esmClass,
                    m.protocolId,
                    m.priority,
                    m.schedule,
                    m.validity,
                    m.registered,
                    (byte) (m.replace ? 1 : 0),
                    m.dataCoding,
                    m.defaultId,
                    m.text,
                    m.parameters());
        });
    }

    /** jSMPP's composer leaves the names of distribution lists out, its decomposer reads them: only that is compared. */
    @Test
    void submitMultiToDistributionLists() throws Exception {
        compare((f, out) -> {
            final Message m = new Message(f, true);
            AncillaryEncoder.submitMulti(
                    out, m.sequence, m.sm, List.of(new DistributionList(f.text(20)), m.destination));
            return ByteBufUtil.getBytes(out);
        });
    }

    @Test
    void submitMultiResponses() throws Exception {
        compare((f, out) -> {
            final int sequence = f.sequence();
            final String id = f.text(64);
            final int count = f.below(20);
            final List<RefusedDestination> mine = new ArrayList<>();
            final UnsuccessDelivery[] his = new UnsuccessDelivery[count];
            for (int i = 0; i < count; i++) {
                final SmeAddress address = new SmeAddress(f.ton(), f.npi(), f.text(20));
                final int status = f.below(0x500);
                mine.add(new RefusedDestination(address, status));
                his[i] = new UnsuccessDelivery(
                        new Address((byte) address.ton(), (byte) address.npi(), address.address()), status);
            }
            AncillaryEncoder.submitMultiResp(out, sequence, id, mine);
            return jsmpp.submitMultiResp(sequence, id, his);
        });
    }

    @Test
    void alertNotification() throws Exception {
        compare((f, out) -> {
            final Message m = new Message(f, false);
            final int state = f.below(3);
            AncillaryEncoder.alertNotification(
                    out, m.sequence, m.source, m.destination, m.tlvs.addInt8(TlvTag.MS_AVAILABILITY_STATUS, state));
            return jsmpp.alertNotification(
                    m.sequence,
                    (byte) m.source.ton(),
                    (byte) m.source.npi(),
                    m.source.address(),
                    (byte) m.destination.ton(),
                    (byte) m.destination.npi(),
                    m.destination.address(),
                    new OptionalParameter.Ms_availability_status((byte) state));
        });
    }

    @Test
    void broadcastSm() throws Exception {
        compare((f, out) -> {
            final Message m = new Message(f, true);
            final String id = f.text(64);
            final byte[] area = f.octets(30);
            final byte[] content = {f.octet(), f.octet(), f.octet()};
            final byte[] interval = {f.octet(), f.octet(), f.octet()};
            final int repetitions = f.below(0x7FFF);
            final OutboundTlvs tlvs = new OutboundTlvs()
                    .add(TlvTag.BROADCAST_AREA_IDENTIFIER, area, 0, area.length)
                    .add(TlvTag.BROADCAST_CONTENT_TYPE, content, 0, 3)
                    .addInt16(TlvTag.BROADCAST_REP_NUM, repetitions)
                    .add(TlvTag.BROADCAST_FREQUENCY_INTERVAL, interval, 0, 3);
            AncillaryEncoder.broadcastSm(
                    out,
                    m.sequence,
                    new BroadcastRequest(
                            m.serviceType,
                            m.source,
                            id,
                            m.priority & 0xFF,
                            m.schedule,
                            m.validity,
                            m.replace,
                            m.dataCoding & 0xFF,
                            m.defaultId & 0xFF),
                    tlvs);
            return jsmpp.broadcastSm(
                    m.sequence,
                    m.serviceType,
                    (byte) m.source.ton(),
                    (byte) m.source.npi(),
                    m.source.address(),
                    id,
                    m.priority,
                    m.schedule,
                    m.validity,
                    (byte) (m.replace ? 1 : 0),
                    m.dataCoding,
                    m.defaultId,
                    new OptionalParameter.Broadcast_area_identifier(area),
                    new OptionalParameter.Broadcast_content_type(content),
                    new OptionalParameter.Broadcast_rep_num((short) repetitions),
                    new OptionalParameter.Broadcast_frequency_interval(interval));
        });
    }

    @Test
    void otherBroadcastOperations() throws Exception {
        compare((f, out) -> {
            final Message m = new Message(f, true);
            final String id = f.text(64);
            final byte ton = (byte) m.source.ton();
            final byte npi = (byte) m.source.npi();
            switch (f.below(5)) {
                case 0 -> {
                    AncillaryEncoder.broadcastSmResp(out, m.sequence, id, m.tlvs);
                    return jsmpp.broadcastSmResp(m.sequence, id);
                }
                case 1 -> {
                    AncillaryEncoder.queryBroadcastSm(out, m.sequence, id, m.source);
                    return jsmpp.queryBroadcastSm(m.sequence, id, ton, npi, m.source.address());
                }
                case 2 -> {
                    AncillaryEncoder.queryBroadcastSmResp(out, m.sequence, id, m.tlvs.addInt8(TlvTag.MESSAGE_STATE, 1));
                    return jsmpp.queryBroadcastSmResp(m.sequence, id, new OptionalParameter.Message_state((byte) 1));
                }
                case 3 -> {
                    AncillaryEncoder.cancelBroadcastSm(out, m.sequence, m.serviceType, id, m.source);
                    return jsmpp.cancelBroadcastSm(m.sequence, m.serviceType, id, ton, npi, m.source.address());
                }
                default -> {
                    AncillaryEncoder.cancelBroadcastSmResp(out, 0, m.sequence);
                    return jsmpp.cancelBroadcastSmResp(m.sequence);
                }
            }
        });
    }
}
