package io.trunkline.sip.transport;

import io.trunkline.sip.message.SipMessage;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A sink that writes down what it is told, and answers with what the test set. */
final class Heard implements MessageSink {
    final List<String> messages = new ArrayList<>();
    final List<Flow> sources = new ArrayList<>();
    final List<Flow> failed = new ArrayList<>();
    BiConsumer<SipMessage, Flow> answer = (message, source) -> {};
    InetAddress otherAddress;

    @Override
    public void onMessage(final SipMessage message, final Flow source) {
        messages.add(message.fault() + " " + message);
        sources.add(source);
        answer.accept(message, source);
    }

    @Override
    public void onFailed(final Flow flow) {
        failed.add(flow);
    }

    @Override
    public InetAddress otherAddress(final Flow source, final String host) {
        return otherAddress;
    }

    Flow lastSource() {
        return sources.get(sources.size() - 1);
    }
}
