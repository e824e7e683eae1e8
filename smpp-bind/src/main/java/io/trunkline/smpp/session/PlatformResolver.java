package io.trunkline.smpp.session;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks names up as the platform does (hosts file, nsswitch, DNS), on two threads of its own, so that a name server that
 * does not answer never holds up an event loop. At most {@value #MAX_WAITING} lookups wait; more fail at once.
 */
public final class PlatformResolver extends AddressResolverGroup<InetSocketAddress> {
    private static final int THREADS = 2;
    private static final int MAX_WAITING = 1024;
    private static final long KEEP_ALIVE_S = 30;

    private final ThreadPoolExecutor lookups = new ThreadPoolExecutor(
            THREADS, THREADS, KEEP_ALIVE_S, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                final Thread thread = new Thread(task, "smpp-resolver");
                thread.setDaemon(true);
                return thread;
            });

    /** Threads start with the first lookup and end when there is none for a while. */
    public PlatformResolver() {
        lookups.allowCoreThreadTimeOut(true);
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(final EventExecutor executor) {
        return new Lookup(executor).asAddressResolver();
    }

    @Override
    public void close() {
        super.close();
        lookups.shutdownNow();
    }

    private final class Lookup extends InetNameResolver {
        Lookup(final EventExecutor executor) {
            super(executor);
        }

        @Override
        protected void doResolve(final String name, final Promise<InetAddress> promise) {
            submit(promise, () -> promise.trySuccess(InetAddress.getByName(name)));
        }

        @Override
        protected void doResolveAll(final String name, final Promise<List<InetAddress>> promise) {
            submit(promise, () -> promise.trySuccess(List.of(InetAddress.getAllByName(name))));
        }

        private void submit(final Promise<?> promise, final Resolution resolution) {
            try {
                lookups.execute(() -> {
                    try {
                        resolution.run();
                    } catch (final UnknownHostException e) {
                        promise.tryFailure(e);
                    }
                });
            } catch (final RejectedExecutionException e) {
                promise.tryFailure(e);
            }
        }
    }

    private interface Resolution {
        void run() throws UnknownHostException;
    }
}
