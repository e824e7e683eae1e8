package io.trunkline.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.channels.NetworkChannel;

/** Arrows go one way, and each library that we do not want everywhere stands behind one package. */
@AnalyzeClasses(packages = "io.trunkline", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleRulesTest {
    @ArchTest
    static final ArchRule ONLY_THE_JOURNALS_BACK_ROOM_KNOWS_CHRONICLE = noClasses()
            .that()
            .resideOutsideOfPackage("..journal.chronicle..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.openhft..");

    @ArchTest
    static final ArchRule ONLY_ITS_TARGET_KNOWS_KAFKA = noClasses()
            .that()
            .resideOutsideOfPackage("..export.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule ONLY_ITS_TABLE_KNOWS_PARQUET = noClasses()
            .that()
            .resideOutsideOfPackage("..cdr.parquet..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.parquet..", "org.apache.hadoop..");

    @ArchTest
    static final ArchRule ONLY_THE_GUARD_KNOWS_JSMPP = noClasses()
            .that()
            .resideOutsideOfPackage("..smpp.jsmpp..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jsmpp..");

    @ArchTest
    static final ArchRule ROUTING_HAS_NO_SOCKETS_AND_NO_THREADS = classes()
            .that()
            .resideInAPackage("io.trunkline.routing..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.trunkline.routing..",
                    "org.agrona..",
                    "java.lang..",
                    "java.util..",
                    "java.time..",
                    "java.io..",
                    "java.nio..");

    @ArchTest
    static final ArchRule ROUTING_READS_FILES_AND_NO_SOCKETS = noClasses()
            .that()
            .resideInAPackage("io.trunkline.routing..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(NetworkChannel.class);

    @ArchTest
    static final ArchRule SMPP_KNOWS_NOTHING_OF_THE_GATEWAY = noClasses()
            .that()
            .resideInAPackage("io.trunkline.smpp..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.trunkline.gateway..", "io.trunkline.routing..", "io.trunkline.client..", "io.trunkline.sip..");

    @ArchTest
    static final ArchRule SIP_KNOWS_NOTHING_OF_THE_GATEWAY = noClasses()
            .that()
            .resideInAPackage("io.trunkline.sip..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.trunkline.gateway..", "io.trunkline.routing..", "io.trunkline.client..", "io.trunkline.smpp..");

    @ArchTest
    static final ArchRule SIP_TRANSACTIONS_AND_CALLS_HAVE_NO_SOCKETS_THREADS_OR_CLOCKS = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.trunkline.sip.transaction..",
                    "io.trunkline.sip.dialog..",
                    "io.trunkline.sip.call..",
                    "io.trunkline.sip.time..",
                    "io.trunkline.sip.framing..")
            .should(useSocketsThreadsOrClocks(
                    "io.netty..", "java.net..", "java.nio.channels..", "java.util.concurrent.."));

    @ArchTest
    static final ArchRule SIP_SOCKETS_ARE_THE_TRANSPORTS = noClasses()
            .that()
            .resideInAPackage("io.trunkline.sip..")
            .and()
            .resideOutsideOfPackages("io.trunkline.sip.transport..", "io.trunkline.sip.stir.offload..")
            .and()
            .haveNameNotMatching(".*NettyDnsLookup.*")
            .should(useSocketsThreadsOrClocks("io.netty..", "java.nio.channels..", "java.util.concurrent.."));

    @ArchTest
    static final ArchRule ONLY_THE_STACK_KNOWS_JAIN_SIP = noClasses()
            .that()
            .resideOutsideOfPackage("..sip.stack..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.sip..", "javax.sdp..", "gov.nist..");

    @ArchTest
    static final ArchRule ONLY_STIR_KNOWS_JOSE = noClasses()
            .that()
            .resideOutsideOfPackage("..sip.stir..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.nimbusds..");

    @ArchTest
    static final ArchRule THE_CLIENT_KNOWS_NOTHING_OF_THE_GATEWAY = noClasses()
            .that()
            .resideInAnyPackage("io.trunkline.client..", "io.trunkline.upstream..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.trunkline.gateway..", "io.trunkline.smpp..", "io.trunkline.routing..");

    @ArchTest
    static final ArchRule THE_ENGINE_HAS_NO_SOCKETS_THREADS_OR_CLOCKS = noClasses()
            .that()
            .resideInAPackage("io.trunkline.gateway.engine..")
            .should(useSocketsThreadsOrClocks(
                    "io.netty..", "java.net..", "java.nio.channels..", "java.util.concurrent.."));

    @ArchTest
    static final ArchRule ONLY_THE_DAEMON_KNOWS_ALL_ITS_PARTS = noClasses()
            .that()
            .resideInAnyPackage(
                    "..gateway.engine..",
                    "..gateway.events..",
                    "..gateway.journal..",
                    "..gateway.carrier..",
                    "..gateway.upstream..",
                    "..gateway.shard..",
                    "..gateway.config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..gateway.daemon..");

    @ArchTest
    static final ArchRule NOTHING_THAT_SHIPS_KNOWS_WHAT_TESTS_SHARE = noClasses()
            .that()
            .resideOutsideOfPackage("io.trunkline.testing..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.trunkline.testing..");

    private static ArchCondition<JavaClass> useSocketsThreadsOrClocks(final String... packages) {
        return dependOnClassesThat(resideInAnyPackage(packages))
                .or(callMethod(System.class, "nanoTime"))
                .or(callMethod(System.class, "currentTimeMillis"));
    }
}
