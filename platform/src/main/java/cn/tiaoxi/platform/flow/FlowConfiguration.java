package cn.tiaoxi.platform.flow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.HistoryService;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.RepositoryService;
import org.flowable.engine.RuntimeService;
import org.flowable.engine.TaskService;
import org.flowable.engine.delegate.JavaDelegate;
import org.flowable.spring.SpringProcessEngineConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The process engine, alone: no identity engine, no event registry, no job executor (clocks are our
 * own, see {@link Clocks}). It works in the caller's transaction, on tables in the schema {@code
 * flow} that Flyway made, and sees of the platform's parts only the steps.
 */
@Configuration
class FlowConfiguration {
    private final Map<Object, Object> steps = new ConcurrentHashMap<>();

    @Bean
    @DependsOnDatabaseInitialization
    SpringProcessEngineConfiguration processEngineConfiguration(
            DataSource dataSource, PlatformTransactionManager transactions) {
        SpringProcessEngineConfiguration engine = new SpringProcessEngineConfiguration();
        engine.setDataSource(dataSource);
        engine.setTransactionManager(transactions);
        engine.setDatabaseSchemaUpdate("false");
        engine.setDatabaseTablePrefix("flow.");
        engine.setTablePrefixIsSchema(true);
        engine.setDisableIdmEngine(true);
        engine.setDisableEventRegistry(true);
        engine.setAsyncExecutorActivate(false);
        engine.setParallelMultiInstanceAsyncLeave(false);
        engine.setHistoryLevel(HistoryLevel.ACTIVITY);
        engine.setEnableSafeBpmnXml(true);
        engine.setBeans(steps);
        return engine;
    }

    @Bean(destroyMethod = "close")
    static ProcessEngine processEngine(SpringProcessEngineConfiguration configuration) {
        return configuration.buildProcessEngine();
    }

    @Bean
    static RepositoryService repositoryService(ProcessEngine engine) {
        return engine.getRepositoryService();
    }

    @Bean
    static RuntimeService runtimeService(ProcessEngine engine) {
        return engine.getRuntimeService();
    }

    @Bean
    static TaskService taskService(ProcessEngine engine) {
        return engine.getTaskService();
    }

    @Bean
    static HistoryService historyService(ProcessEngine engine) {
        return engine.getHistoryService();
    }

    /** Steps are known to the engine once all parts exist, since they use the engine themselves. */
    @Bean
    SmartInitializingSingleton stepsBecomeKnown(ObjectProvider<FlowStep> all) {
        return () -> {
            List<FlowStep> found = all.stream().toList();
            for (FlowStep step : found) {
                if (steps.put(step.name(), delegate(step)) != null) {
                    throw new IllegalStateException("Two steps are named " + step.name());
                }
            }
        };
    }

    private static JavaDelegate delegate(FlowStep step) {
        return execution -> {
            Map<String, Object> variables = new HashMap<>(execution.getVariables());
            String subject = String.valueOf(variables.get(Flows.SUBJECT));
            execution.setVariables(step.run(subject, variables));
        };
    }
}
