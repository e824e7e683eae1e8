package io.trunkline.smpp.jsmpp;

import io.netty.buffer.ByteBufUtil;
import io.trunkline.smpp.codec.AncillaryEncoder;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CongestionState;
import io.trunkline.smpp.codec.DistributionList;
import io.trunkline.smpp.codec.MultiDestination;
import io.trunkline.smpp.codec.PduEncoder;
import io.trunkline.smpp.codec.RefusedDestination;
import io.trunkline.smpp.codec.SmeAddress;
import java.util.ArrayList;
import java.util.List;
import org.jsmpp.bean.Address;
import org.jsmpp.bean.DestinationAddress;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.UnsuccessDelivery;
import org.junit.jupiter.api.Test;

/** submit_sm, deliver_sm, data_sm, submit_multi and their responses. */
class MessagesAgainstJsmppTest extends AgainstJsmpp {
    @Test
    void submitSm() throws Exception {
        compare((f, out) -> {
            final RandomMessage m = new RandomMessage(f, true);
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
            final RandomMessage m = new RandomMessage(f, true);
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
            final RandomMessage m = new RandomMessage(f, false);
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
            final RandomMessage m = new RandomMessage(f, false);
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
    void submitMulti() throws Exception {
        compare((f, out) -> {
            final RandomMessage m = new RandomMessage(f, true);
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
            final RandomMessage m = new RandomMessage(f, true);
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
}
