package io.trunkline.smpp.jsmpp;

import io.trunkline.smpp.codec.AncillaryEncoder;
import io.trunkline.smpp.codec.BindRequest;
import io.trunkline.smpp.codec.BroadcastRequest;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.OutboundTlvs;
import io.trunkline.smpp.codec.PduEncoder;
import io.trunkline.smpp.codec.TlvTag;
import org.jsmpp.bean.OptionalParameter;
import org.junit.jupiter.api.Test;

/** Binds, links, and the operations that are rare. */
class OtherPdusAgainstJsmppTest extends AgainstJsmpp {
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

    @Test
    void queryAndCancel() throws Exception {
        compare((f, out) -> {
            final RandomMessage m = new RandomMessage(f, true);
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
            final RandomMessage m = new RandomMessage(f, true);
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
    void alertNotification() throws Exception {
        compare((f, out) -> {
            final RandomMessage m = new RandomMessage(f, false);
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
            final RandomMessage m = new RandomMessage(f, true);
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
            final RandomMessage m = new RandomMessage(f, true);
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
