package io.trunkline.smpp.session;

import io.netty.channel.Channel;

/** Makes the output of a new connection. */
@FunctionalInterface
public interface PduOutputs {
    /** Called once per connection on its event loop, after connect or accept and before TLS or any PDU. */
    PduOutput open(Channel channel);
}
