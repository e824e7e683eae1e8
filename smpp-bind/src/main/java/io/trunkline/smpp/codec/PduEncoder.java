package io.trunkline.smpp.codec;

import io.netty.buffer.ByteBuf;
import org.agrona.DirectBuffer;

/**
 * Appends the PDUs of a session to a buffer: binds, links, messages and their responses; {@link AncillaryEncoder} has the
 * rest. Each method appends exactly one whole PDU. Nothing allocates but the growth of the buffer.
 *
 * <p>Strict: what the specification does not allow is a programmer's error and throws {@link IllegalArgumentException},
 * before anything was written. A request's sequence is 1..0x7FFFFFFF; a response echoes any.
 */
public final class PduEncoder {
    /** Longest message_id, without NUL (SMPP 3.4 §5.2.23). */
    public static final int MESSAGE_ID_MAX = 64;

    private PduEncoder() {}

    /**
     * bind_transmitter, bind_receiver or bind_transceiver.
     *
     * @param commandId one of the three of {@link CommandId}
     */
    public static void bind(final ByteBuf out, final int commandId, final int sequence, final BindRequest bind) {
        if (commandId != CommandId.BIND_TRANSMITTER
                && commandId != CommandId.BIND_RECEIVER
                && commandId != CommandId.BIND_TRANSCEIVER) {
            throw new IllegalArgumentException("0x" + Integer.toHexString(commandId) + " is no bind");
        }
        PduWriter.checkRequestSequence(sequence);
        final int start = PduWriter.begin(out, commandId, CommandStatus.ESME_ROK, sequence);
        PduWriter.cString(out, bind.systemId());
        PduWriter.cString(out, bind.password());
        PduWriter.cString(out, bind.systemType());
        out.writeByte(bind.interfaceVersion());
        out.writeByte(bind.addressTon());
        out.writeByte(bind.addressNpi());
        PduWriter.cString(out, bind.addressRange());
        PduWriter.end(out, start);
    }

    /**
     * The success of a bind (SMPP 3.4 §4.1.2).
     *
     * @param commandId of the request or of the response
     * @param systemId of this message centre, at most {@link BindRequest#SYSTEM_ID_MAX} characters
     * @param scInterfaceVersion see {@link InterfaceVersion}, or {@link BindRespDecoder#VERSION_ABSENT} to leave the TLV out
     */
    public static void bindResp(
            final ByteBuf out,
            final int commandId,
            final int sequence,
            final CharSequence systemId,
            final int scInterfaceVersion) {
        PduWriter.check("system_id", systemId, BindRequest.SYSTEM_ID_MAX);
        if (scInterfaceVersion != BindRespDecoder.VERSION_ABSENT) {
            PduWriter.checkOctet("sc_interface_version", scInterfaceVersion);
        }
        final int start = PduWriter.begin(out, CommandId.responseOf(commandId), CommandStatus.ESME_ROK, sequence);
        PduWriter.cString(out, systemId);
        if (scInterfaceVersion != BindRespDecoder.VERSION_ABSENT) {
            PduWriter.tlvInt8(out, TlvTag.SC_INTERFACE_VERSION, scInterfaceVersion);
        }
        PduWriter.end(out, start);
    }

    /**
     * The refusal of any request by its own response. It has no body, as 3.4 has it for binds and submit_sm, but for the
     * responses that the specifications give a message_id in every case: there it is empty.
     *
     * @param commandId of the request or of the response
     */
    public static void refusal(final ByteBuf out, final int commandId, final int status, final int sequence) {
        final int response = CommandId.responseOf(commandId);
        final int start = PduWriter.begin(out, response, status, sequence);
        if (response == CommandId.DELIVER_SM_RESP
                || response == CommandId.DATA_SM_RESP
                || response == CommandId.BROADCAST_SM_RESP
                || response == CommandId.QUERY_BROADCAST_SM_RESP) {
            out.writeByte(0);
        }
        PduWriter.end(out, start);
    }

    public static void unbind(final ByteBuf out, final int sequence) {
        PduWriter.checkRequestSequence(sequence);
        PduWriter.headerOnly(out, CommandId.UNBIND, CommandStatus.ESME_ROK, sequence);
    }

    public static void unbindResp(final ByteBuf out, final int status, final int sequence) {
        PduWriter.headerOnly(out, CommandId.UNBIND_RESP, status, sequence);
    }

    public static void enquireLink(final ByteBuf out, final int sequence) {
        PduWriter.checkRequestSequence(sequence);
        PduWriter.headerOnly(out, CommandId.ENQUIRE_LINK, CommandStatus.ESME_ROK, sequence);
    }

    public static void enquireLinkResp(final ByteBuf out, final int sequence) {
        PduWriter.headerOnly(out, CommandId.ENQUIRE_LINK_RESP, CommandStatus.ESME_ROK, sequence);
    }

    /**
     * The answer to a PDU that has no response of its own.
     *
     * @param sequence of the PDU that is refused, or 0 where it could not be read (SMPP 3.4 §4.3.1)
     */
    public static void genericNack(final ByteBuf out, final int status, final int sequence) {
        PduWriter.headerOnly(out, CommandId.GENERIC_NACK, status, sequence);
    }

    /** outbind (SMPP 3.4 §4.1.7). */
    public static void outbind(
            final ByteBuf out, final int sequence, final CharSequence systemId, final CharSequence password) {
        PduWriter.checkRequestSequence(sequence);
        PduWriter.check("system_id", systemId, BindRequest.SYSTEM_ID_MAX);
        PduWriter.check("password", password, BindRequest.PASSWORD_MAX);
        final int start = PduWriter.begin(out, CommandId.OUTBIND, CommandStatus.ESME_ROK, sequence);
        PduWriter.cString(out, systemId);
        PduWriter.cString(out, password);
        PduWriter.end(out, start);
    }

    public static void submitSm(final ByteBuf out, final int sequence, final OutboundSm sm) {
        sm(out, CommandId.SUBMIT_SM, sequence, sm);
    }

    public static void deliverSm(final ByteBuf out, final int sequence, final OutboundSm sm) {
        if (sm.scheduleLength != 0 || sm.validityLength != 0) {
            throw new IllegalArgumentException("deliver_sm has neither schedule nor validity");
        }
        sm(out, CommandId.DELIVER_SM, sequence, sm);
    }

    private static void sm(final ByteBuf out, final int commandId, final int sequence, final OutboundSm sm) {
        PduWriter.checkRequestSequence(sequence);
        PduWriter.checkSm(sm);
        PduWriter.checkLength("destination_addr", sm.destinationLength, OutboundSm.ADDRESS_MAX);
        final int start = PduWriter.begin(out, commandId, CommandStatus.ESME_ROK, sequence);
        PduWriter.smSource(out, sm);
        PduWriter.smDestination(out, sm);
        PduWriter.smTail(out, sm);
        PduWriter.end(out, start);
    }

    /** data_sm; schedule, validity, priority and the other fields that it does not have are not written. */
    public static void dataSm(final ByteBuf out, final int sequence, final OutboundSm sm) {
        PduWriter.checkRequestSequence(sequence);
        PduWriter.checkLength("message_payload", sm.totalMessageLength(), OutboundSm.MESSAGE_MAX);
        final int start = PduWriter.begin(out, CommandId.DATA_SM, CommandStatus.ESME_ROK, sequence);
        PduWriter.smSource(out, sm);
        PduWriter.smDestination(out, sm);
        out.writeByte(sm.esmClass);
        out.writeByte(sm.registeredDelivery);
        out.writeByte(sm.dataCoding);
        sm.tlvs.write(out);
        PduWriter.messagePayload(out, sm);
        PduWriter.end(out, start);
    }

    /**
     * submit_sm_resp or data_sm_resp with a message id, as octets.
     *
     * @param commandId of the request or of the response
     * @param congestionState 0..100 toward peers of version 5.0, or {@link CongestionState#ABSENT}
     */
    public static void smResp(
            final ByteBuf out,
            final int commandId,
            final int status,
            final int sequence,
            final DirectBuffer messageId,
            final int offset,
            final int length,
            final int congestionState) {
        PduWriter.checkLength("message_id", length, MESSAGE_ID_MAX);
        messageId.boundsCheck(offset, length);
        checkCongestion(congestionState);
        final int start = PduWriter.begin(out, CommandId.responseOf(commandId), status, sequence);
        WireBytes.append(out, messageId, offset, length);
        out.writeByte(0);
        congestion(out, congestionState);
        PduWriter.end(out, start);
    }

    /** As {@link #smResp(ByteBuf, int, int, int, DirectBuffer, int, int, int)}, with the message id as characters. */
    public static void smResp(
            final ByteBuf out,
            final int commandId,
            final int status,
            final int sequence,
            final CharSequence messageId,
            final int congestionState) {
        PduWriter.check("message_id", messageId, MESSAGE_ID_MAX);
        checkCongestion(congestionState);
        final int start = PduWriter.begin(out, CommandId.responseOf(commandId), status, sequence);
        PduWriter.cString(out, messageId);
        congestion(out, congestionState);
        PduWriter.end(out, start);
    }

    /**
     * deliver_sm_resp: its message_id is unused and empty but always there, also in a refusal (SMPP 3.4 §4.6.2); peers stumble
     * over its absence.
     */
    public static void deliverSmResp(
            final ByteBuf out, final int status, final int sequence, final int congestionState) {
        checkCongestion(congestionState);
        final int start = PduWriter.begin(out, CommandId.DELIVER_SM_RESP, status, sequence);
        out.writeByte(0);
        congestion(out, congestionState);
        PduWriter.end(out, start);
    }

    private static void checkCongestion(final int congestionState) {
        if (congestionState < CongestionState.ABSENT || congestionState > CongestionState.CONGESTED) {
            throw new IllegalArgumentException("congestion_state " + congestionState + " is not within 0..100");
        }
    }

    private static void congestion(final ByteBuf out, final int congestionState) {
        if (congestionState != CongestionState.ABSENT) {
            PduWriter.tlvInt8(out, TlvTag.CONGESTION_STATE, congestionState);
        }
    }
}
