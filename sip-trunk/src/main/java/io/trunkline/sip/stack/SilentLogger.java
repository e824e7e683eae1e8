package io.trunkline.sip.stack;

import gov.nist.core.StackLogger;
import java.util.Properties;

/** Takes what JAIN-SIP's parser would log, and drops it: a bad header is the peer's matter, and comes back as a result. */
class SilentLogger implements StackLogger {
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
    public void setBuildTimeStamp(final String timeStamp) {}

    @Override
    public void setStackProperties(final Properties properties) {}

    @Override
    public String getLoggerName() {
        return "silent";
    }
}
