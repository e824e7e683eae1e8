package io.trunkline.gateway.upstream.smpp;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.smpp.codec.CommandStatus;

/** The one table between our codes and SMPP's, in both directions. */
final class SmppStatuses {
    private SmppStatuses() {}

    /**
     * command_status of a refused submit. What may succeed later is answered with a status that clients retry on:
     * ESME_RTHROTTLED where the client is too fast, ESME_RMSGQFUL where there is no room.
     */
    static int ofSubmit(final ErrorCode code) {
        return switch (code) {
            case NONE -> CommandStatus.ESME_ROK;
            case INVALID_DESTINATION, NO_ROUTE, BLOCKED, DESTINATION_NOT_PERMITTED -> CommandStatus.ESME_RINVDSTADR;
            case INVALID_SENDER, SENDER_NOT_ALLOWED -> CommandStatus.ESME_RINVSRCADR;
            case EMPTY_BODY, BODY_TOO_LONG -> CommandStatus.ESME_RINVMSGLEN;
            case INVALID_VALIDITY -> CommandStatus.ESME_RINVEXPIRY;
            case OVER_CREDIT,
                    OVER_RATE,
                    OVER_TENANT_LIMIT,
                    OVER_SENDER_LIMIT,
                    OVER_CAMPAIGN_LIMIT,
                    OVER_BRAND_LIMIT,
                    OVER_NETWORK_LIMIT,
                    OVER_DESTINATION_LIMIT,
                    LIMIT_KEYS_FULL -> CommandStatus.ESME_RTHROTTLED;
            case TENANT_QUEUE_FULL, CARRIER_QUEUE_FULL, OVERLOADED, STORAGE_LOW, DRAINING ->
                CommandStatus.ESME_RMSGQFUL;
            case MALFORMED -> CommandStatus.ESME_RINVCMDLEN;
            case INTERNAL -> CommandStatus.ESME_RSYSERR;
            default -> CommandStatus.ESME_RSUBMITFAIL;
        };
    }

    /**
     * command_status of a refused bind. Everything about who someone is gets one answer, so that a guesser learns
     * nothing from it.
     */
    static int ofBind(final ErrorCode code) {
        return switch (code) {
            case TOO_MANY_SESSIONS -> CommandStatus.ESME_RALYBND;
            case LOCKED_OUT -> CommandStatus.ESME_RTHROTTLED;
            case DRAINING -> CommandStatus.ESME_RSYSERR;
            default -> CommandStatus.ESME_RBINDFAIL;
        };
    }

    /**
     * Whether a client that answers a delivery so wants it again: the codes on which message centres in the field try
     * again; any other is final, as it is there. ESME_RINVBNDSTS is among them because a client may be so busy with the
     * answer to its bind that it refuses what comes right behind it (jSMPP does).
     */
    static boolean meansLater(final int status) {
        return switch (status) {
            case CommandStatus.ESME_RTHROTTLED,
                    CommandStatus.ESME_RMSGQFUL,
                    CommandStatus.ESME_RSYSERR,
                    CommandStatus.ESME_RINVBNDSTS,
                    CommandStatus.ESME_RSUBMITFAIL,
                    CommandStatus.ESME_RX_T_APPN,
                    CommandStatus.ESME_RQUERYFAIL,
                    CommandStatus.ESME_RDELIVERYFAILURE,
                    CommandStatus.ESME_RUNKNOWNERR -> true;
            default -> false;
        };
    }
}
