package io.trunkline.smpp.codec;

/**
 * submit_multi (SMPP 3.4 §4.5.1): a submit_sm to up to 254 destinations, each an address or the name of a distribution list.
 * {@link #nextDestination()} steps through them; destinationTon, destinationNpi and destinationOffset/Length then speak of the
 * current one and are empty before the first.
 */
public final class SubmitMultiDecoder extends SmDecoder {
    /** dest_flag of an address. */
    public static final int FLAG_ADDRESS = 1;
    /** dest_flag of a distribution list, whose name stands in place of the address. */
    public static final int FLAG_DISTRIBUTION_LIST = 2;

    private final PduCursor walk = new PduCursor();
    private int destinationCount;
    private int destinationsOffset;
    private int destinationsEnd;
    private int walked;
    private int destinationFlag;

    @Override
    int decodeDestination(final PduCursor body) {
        destinationCount = body.uint8();
        destinationsOffset = body.position();
        destinationsEnd = destinationsOffset;
        int status =
                destinationCount == 0 && !body.exhausted() ? CommandStatus.ESME_RINVNUMDESTS : CommandStatus.ESME_ROK;
        for (int i = 0; i < destinationCount && status == CommandStatus.ESME_ROK; i++) {
            status = readDestination(body);
        }
        if (status == CommandStatus.ESME_ROK) {
            destinationsEnd = body.position();
        } else {
            destinationCount = 0;
        }
        rewindDestinations();
        return status;
    }

    private int readDestination(final PduCursor cursor) {
        destinationFlag = cursor.uint8();
        if (destinationFlag == FLAG_ADDRESS) {
            return super.decodeDestination(cursor);
        }
        if (destinationFlag == FLAG_DISTRIBUTION_LIST) {
            takeListName(cursor);
            return CommandStatus.ESME_ROK;
        }
        return cursor.exhausted() ? CommandStatus.ESME_RINVCMDLEN : CommandStatus.ESME_RINVDESTFLAG;
    }

    /** number_of_dests, 0 in a PDU that was refused for its destinations. */
    public int destinationCount() {
        return destinationCount;
    }

    /** Back to before the first destination. */
    public void rewindDestinations() {
        walk.wrap(buffer(), destinationsOffset, destinationsEnd);
        walked = 0;
        destinationFlag = 0;
        takeNoDestination(destinationsOffset);
    }

    /** Steps to the next destination; false at the end. */
    public boolean nextDestination() {
        if (walked == destinationCount) {
            return false;
        }
        walked++;
        readDestination(walk);
        return true;
    }

    /** {@link #FLAG_ADDRESS} or {@link #FLAG_DISTRIBUTION_LIST} of the current destination. */
    public int destinationFlag() {
        return destinationFlag;
    }
}
