package io.trunkline.gateway.daemon;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Takes over SIGHUP, which would end the JVM. The JDK has no supported way to: {@code sun.misc.Signal} is the one that
 * all JDKs have, reached by reflection because the compiler rightly warns of it. Where it is missing, or the process
 * was started with the signal ignored (as nohup does), it is not taken over and {@code trunkline apply} is the way to
 * reload.
 */
final class Signals {
    private Signals() {}

    /** Runs {@code action} whenever the signal comes; false where that cannot be had. */
    static boolean on(final String name, final Runnable action) {
        try {
            final Class<?> signalClass = Class.forName("sun.misc.Signal");
            final Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            final Object signal = signalClass.getConstructor(String.class).newInstance(name);
            final Object handler = Proxy.newProxyInstance(
                    handlerClass.getClassLoader(), new Class<?>[] {handlerClass}, (proxy, method, arguments) -> {
                        if ("handle".equals(method.getName())) {
                            action.run();
                        }
                        return null;
                    });
            final Object before =
                    signalClass.getMethod("handle", signalClass, handlerClass).invoke(null, signal, handler);
            // What was ignored when the process began, the JVM leaves ignored whatever it is told.
            return before != handlerClass.getField("SIG_IGN").get(null);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | NoSuchFieldException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            return false;
        }
    }
}
