package io.trunkline.sip.stack;

import gov.nist.core.ServerLogger;
import gov.nist.javax.sip.message.SIPMessage;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.ListeningPoint;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.SipURI;
import javax.sip.header.AuthorizationHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.header.WWWAuthenticateHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * The whole of JAIN-SIP as a peer that none of us wrote: a registrar with digest that answers OPTIONS and takes calls, and a client
 * of ours. Threads of its own.
 */
public final class JainPeer implements SipListener, AutoCloseable {
    private static final String REALM = "jain.example";
    private static final String NONCE = "0123456789abcdef";

    /** Keeps its log to itself; public with a constructor, as the stack makes one by name. */
    public static final class NoLog extends SilentLogger {}

    /** Keeps its server log to itself. The same. */
    public static final class NoServerLog implements ServerLogger {
        @Override
        public void closeLogFile() {}

        @Override
        public void logMessage(
                final SIPMessage message, final String from, final String to, final boolean sender, final long time) {}

        @Override
        public void logMessage(
                final SIPMessage message,
                final String from,
                final String to,
                final String status,
                final boolean sender,
                final long time) {}

        @Override
        public void logMessage(
                final SIPMessage message,
                final String from,
                final String to,
                final String status,
                final boolean sender) {}

        @Override
        public void logException(final Exception exception) {}

        @Override
        public void setStackProperties(final Properties properties) {}

        @Override
        public void setSipStack(final SipStack stack) {}
    }

    private final String password;
    private final SipStack stack;
    private final SipProvider provider;
    private final MessageFactory messages;
    private final HeaderFactory headers;
    private final String transport;
    private final int port;
    /** What it was sent, method by method, and what it was answered, status by status. */
    public final List<String> heard = new CopyOnWriteArrayList<>();

    /**
     * Starts to listen on the loopback address.
     *
     * @param transport udp or tcp
     * @param password of the only user
     */
    public JainPeer(final String transport, final int port, final String password) throws Exception {
        this.transport = transport;
        this.port = port;
        this.password = password;
        final Properties properties = new Properties();
        properties.setProperty("javax.sip.STACK_NAME", "peer-" + transport + port);
        properties.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
        properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", NoLog.class.getName());
        properties.setProperty("gov.nist.javax.sip.SERVER_LOGGER", NoServerLog.class.getName());
        properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "1");
        properties.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        final SipFactory factory = SipFactory.getInstance();
        factory.setPathName("gov.nist");
        stack = factory.createSipStack(properties);
        messages = factory.createMessageFactory();
        headers = factory.createHeaderFactory();
        final ListeningPoint point = stack.createListeningPoint("127.0.0.1", port, transport);
        provider = stack.createSipProvider(point);
        provider.addSipListener(this);
    }

    @Override
    public void processRequest(final RequestEvent event) {
        final Request request = event.getRequest();
        heard.add(request.getMethod());
        if (Request.ACK.equals(request.getMethod())) {
            return;
        }
        try {
            final ServerTransaction transaction = event.getServerTransaction() == null
                    ? provider.getNewServerTransaction(request)
                    : event.getServerTransaction();
            switch (request.getMethod()) {
                case Request.REGISTER -> register(transaction, request);
                case Request.INVITE -> {
                    respond(transaction, 180, request);
                    respond(transaction, 200, request);
                }
                default -> respond(transaction, 200, request);
            }
        } catch (final Exception e) {
            heard.add(e.toString());
        }
    }

    private void register(final ServerTransaction transaction, final Request request) throws Exception {
        final AuthorizationHeader given = (AuthorizationHeader) request.getHeader(AuthorizationHeader.NAME);
        if (given == null) {
            final Response response = messages.createResponse(401, request);
            final WWWAuthenticateHeader challenge = headers.createWWWAuthenticateHeader("Digest");
            challenge.setRealm(REALM);
            challenge.setNonce(NONCE);
            challenge.setAlgorithm("MD5");
            challenge.setQop("auth");
            response.addHeader(challenge);
            transaction.sendResponse(response);
            return;
        }
        final String ha1 = md5(given.getUsername() + ":" + REALM + ":" + password);
        final String ha2 = md5("REGISTER:" + given.getURI());
        final String right = md5(ha1 + ":" + given.getNonce() + ":" + given.getParameter("nc") + ":" + given.getCNonce()
                + ":" + given.getQop() + ":" + ha2);
        if (!right.equals(given.getResponse())) {
            respond(transaction, 403, request);
            return;
        }
        final Response response = messages.createResponse(200, request);
        final ContactHeader contact = (ContactHeader) request.getHeader(ContactHeader.NAME);
        contact.setExpires(1_800);
        response.addHeader(contact);
        transaction.sendResponse(response);
    }

    private static String md5(final String text) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("MD5")
                        .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private void respond(final ServerTransaction transaction, final int status, final Request request)
            throws Exception {
        final Response response = messages.createResponse(status, request);
        ((ToHeader) response.getHeader(ToHeader.NAME)).setTag("jain");
        if (Request.INVITE.equals(request.getMethod())) {
            response.addHeader(headers.createContactHeader(
                    SipFactory.getInstance().createAddressFactory().createAddress("<sip:127.0.0.1:" + port + ">")));
        }
        transaction.sendResponse(response);
    }

    /** Sends a request to an address, in a client transaction of its own. */
    public void request(final String method, final String host, final int to) throws Exception {
        final var addresses = SipFactory.getInstance().createAddressFactory();
        final SipURI uri = addresses.createSipURI("b", host);
        uri.setPort(to);
        uri.setTransportParam(transport);
        final ViaHeader via = headers.createViaHeader("127.0.0.1", port, transport, null);
        via.setRPort();
        final var address = addresses.createAddress(addresses.createSipURI("a", "127.0.0.1"));
        final Request request = messages.createRequest(
                uri,
                method,
                provider.getNewCallId(),
                headers.createCSeqHeader(1L, method),
                headers.createFromHeader(address, "jain"),
                headers.createToHeader(addresses.createAddress(uri), null),
                List.of(via),
                headers.createMaxForwardsHeader(70));
        request.addHeader(headers.createContactHeader(address));
        provider.getNewClientTransaction(request).sendRequest();
    }

    @Override
    public void processResponse(final ResponseEvent event) {
        heard.add(event.getResponse().getStatusCode() + "");
    }

    @Override
    public void processTimeout(final TimeoutEvent event) {
        heard.add("timeout");
    }

    @Override
    public void processIOException(final IOExceptionEvent event) {
        heard.add("io");
    }

    @Override
    public void processTransactionTerminated(final TransactionTerminatedEvent event) {}

    @Override
    public void processDialogTerminated(final DialogTerminatedEvent event) {}

    @Override
    public void close() throws SipException {
        stack.stop();
    }
}
