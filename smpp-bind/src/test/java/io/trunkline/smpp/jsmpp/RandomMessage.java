package io.trunkline.smpp.jsmpp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.OutboundTlvs;
import io.trunkline.smpp.codec.SmeAddress;
import java.util.ArrayList;
import java.util.List;
import org.jsmpp.bean.OptionalParameter;

/** The parameters that submit_sm, deliver_sm, data_sm, submit_multi and replace_sm draw from. */
final class RandomMessage {

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

    RandomMessage(final RandomFields f, final boolean times) {
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
