package io.trunkline.sip.dialog;

import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.Octets;

/** How we name ourselves to a peer: in Via, Contact and From. One per listening point, made once. */
public final class LocalEnd {
    private final byte[] via;
    private final byte[] contact;
    private final byte[] host;

    /**
     * A name of ours.
     *
     * @param via transport and sent-by, perhaps with parameters, as in {@code UDP 192.0.2.1:5060;rport}
     * @param contact URI without brackets, as in {@code sip:192.0.2.1:5060}
     * @param host what stands in From behind the {@code @}
     */
    public LocalEnd(final String via, final String contact, final String host) {
        this.via = Octets.ascii("SIP/2.0/" + via + ";branch=");
        this.contact = Octets.ascii("<" + contact + ">");
        this.host = Octets.ascii(host);
    }

    /** Appends a Via's value up to the branch, which the caller appends. */
    public void writeVia(final OctetWriter out) {
        out.octets(via);
    }

    /** Appends a Contact's value. */
    public void writeContact(final OctetWriter out) {
        out.octets(contact);
    }

    /** Appends the host for From and To. */
    public void writeHost(final OctetWriter out) {
        out.octets(host);
    }
}
