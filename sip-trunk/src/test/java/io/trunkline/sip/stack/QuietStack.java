package io.trunkline.sip.stack;

import gov.nist.core.ServerLogger;
import gov.nist.core.StackLogger;
import gov.nist.javax.sip.message.SIPMessage;
import java.util.Properties;
import javax.sip.SipStack;

/** Both loggers that JAIN-SIP's whole stack wants by name, saying nothing. */
public final class QuietStack implements StackLogger, ServerLogger {
    private final SilentLogger silent = new SilentLogger();

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
            final SIPMessage message, final String from, final String to, final String status, final boolean sender) {}

    @Override
    public void logException(final Exception exception) {}

    @Override
    public void setSipStack(final SipStack sipStack) {}

    @Override
    public void logStackTrace() {}

    @Override
    public void logStackTrace(final int level) {}

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public void logException(final Throwable exception) {}

    @Override
    public void logDebug(final String message) {}

    @Override
    public void logDebug(final String message, final Exception exception) {}

    @Override
    public void logTrace(final String message) {}

    @Override
    public void logFatalError(final String message) {}

    @Override
    public void logError(final String message) {}

    @Override
    public boolean isLoggingEnabled() {
        return false;
    }

    @Override
    public boolean isLoggingEnabled(final int level) {
        return false;
    }

    @Override
    public void logError(final String message, final Exception exception) {}

    @Override
    public void logWarning(final String message) {}

    @Override
    public void logInfo(final String message) {}

    @Override
    public void disableLogging() {}

    @Override
    public void enableLogging() {}

    @Override
    public void setBuildTimeStamp(final String buildTimeStamp) {}

    @Override
    public void setStackProperties(final Properties stackProperties) {}

    @Override
    public String getLoggerName() {
        return silent.getLoggerName();
    }
}
