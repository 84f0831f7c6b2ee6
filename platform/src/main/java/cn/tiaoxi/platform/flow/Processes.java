package cn.tiaoxi.platform.flow;

import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.flowable.bpmn.converter.BpmnXMLConverter;
import org.flowable.bpmn.model.BoundaryEvent;
import org.flowable.bpmn.model.BpmnModel;
import org.flowable.bpmn.model.MessageEventDefinition;
import org.flowable.bpmn.model.Process;
import org.flowable.bpmn.model.UserTask;
import org.flowable.engine.RepositoryService;
import org.flowable.validation.ProcessValidatorFactory;
import org.flowable.validation.ValidationError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * The processes of the city's folder: checked when read, given a new version when changed. Running
 * processes stay with the version they began with.
 */
@Component
class Processes {
    /** Message to the boundary event of a task whose deadline comes near. */
    static final String REMINDER = "deadline-near";

    /** Message to the boundary event of a task whose deadline has passed. */
    static final String ESCALATION = "deadline-passed";

    private static final String RESOURCE_ENDING = "20.xml";
    private static final Logger LOG = LoggerFactory.getLogger(Processes.class);

    private final RepositoryService repository;

    Processes(CityFolder city, RepositoryService repository) {
        this.repository = repository;
        city.files("processes", ".bpmn").forEach(this::deploy);
    }

    /** Checks and deploys a file if it differs from the version deployed last. */
    final void deploy(Path file) {
        String name = file.getFileName().toString();
        byte[] bytes = read(file);
        if (Arrays.equals(bytes, deployed(name))) {
            return;
        }
        check(file, bytes);
        repository
                .createDeployment()
                .name(name)
                .addBytes(name + RESOURCE_ENDING, bytes)
                .disableSchemaValidation()
                .deploy();
        LOG.info("The process {} has a new version", name);
    }

    private byte @Nullable [] deployed(String name) {
        return repository
                .createDeploymentQuery()
                .deploymentName(name)
                .orderByDeploymentTime()
                .desc()
                .listPage(0, 1)
                .stream()
                .findFirst()
                .map(d -> content(d.getId(), name + RESOURCE_ENDING))
                .orElse(null);
    }

    private byte[] content(String deployment, String resource) {
        try (InputStream stream = repository.getResourceAsStream(deployment, resource)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw CityException.unreadable(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    /** Against the schema of BPMN 2.0; what is not BPMN must stand in a namespace of its own. */
    private static void checkForm(Path file, byte[] bytes) {
        try {
            SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
            Schema schema =
                    factory.newSchema(
                            BpmnXMLConverter.class
                                    .getClassLoader()
                                    .getResource("org/flowable/impl/bpmn/parser/BPMN20.xsd"));
            DocumentBuilderFactory reader = DocumentBuilderFactory.newInstance();
            reader.setNamespaceAware(true);
            reader.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            reader.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
            schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(bytes)));
        } catch (SAXParseException e) {
            throw CityException.unreadable(
                    file, "line " + e.getLineNumber() + ": " + e.getMessage(), e);
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw CityException.unreadable(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static void check(Path file, byte[] bytes) {
        checkForm(file, bytes);
        BpmnModel model =
                new BpmnXMLConverter()
                        .convertToBpmnModel(() -> new ByteArrayInputStream(bytes), false, true);
        List<ValidationError> errors =
                new ProcessValidatorFactory()
                        .createDefaultProcessValidator().validate(model).stream()
                                .filter(e -> !e.isWarning())
                                .toList();
        if (!errors.isEmpty()) {
            ValidationError first = errors.getFirst();
            throw CityException.wrong(
                    file,
                    "line "
                            + first.getXmlLineNumber()
                            + ": "
                            + first.getActivityId()
                            + ": "
                            + first.getDefaultDescription());
        }
        if (model.getLocationMap().isEmpty()) {
            throw CityException.wrong(file, "the diagram (bpmndi) is missing");
        }
        for (Process process : model.getProcesses()) {
            for (UserTask task : process.findFlowElementsOfType(UserTask.class)) {
                check(file, task);
            }
        }
    }

    private static void check(Path file, UserTask task) {
        TaskPlan plan;
        try {
            plan =
                    TaskPlan.of(task)
                            .orElseThrow(
                                    () -> new IllegalArgumentException("tiaoxi:task is missing"));
        } catch (IllegalArgumentException e) {
            throw CityException.wrong(file, task.getId() + ": " + e.getMessage());
        }
        Set<String> watched = new HashSet<>();
        for (BoundaryEvent event : task.getBoundaryEvents()) {
            event.getEventDefinitions().stream()
                    .filter(MessageEventDefinition.class::isInstance)
                    .map(d -> ((MessageEventDefinition) d).getMessageRef())
                    .forEach(watched::add);
        }
        if (plan.workingDays() != null && !watched.containsAll(Set.of(REMINDER, ESCALATION))) {
            throw CityException.wrong(
                    file,
                    task.getId()
                            + ": a task with a deadline needs boundary events for the messages "
                            + REMINDER
                            + " and "
                            + ESCALATION);
        }
    }

    /** The model of a deployed process. */
    BpmnModel model(String definition) {
        return repository.getBpmnModel(definition);
    }

    /** What the process says about one of its user tasks. */
    TaskPlan plan(String definition, String node) {
        return TaskPlan.of((UserTask) model(definition).getFlowElement(node)).orElseThrow();
    }
}
