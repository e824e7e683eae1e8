package io.trunkline.smpp.codec;

/**
 * A distribution list that the message centre keeps.
 *
 * @param name at most 20 characters (SMPP 3.4 §5.2.27)
 */
public record DistributionList(String name) implements MultiDestination {
    public static final int NAME_MAX = 20;

    public DistributionList {
        PduWriter.check("dl_name", name, NAME_MAX);
    }
}
