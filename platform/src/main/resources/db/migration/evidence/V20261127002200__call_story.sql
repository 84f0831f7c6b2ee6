-- How a call came to its answer, as its record in the trace says.
ALTER TABLE evidence.call ADD COLUMN policy bigint NOT NULL DEFAULT 0;
ALTER TABLE evidence.call ADD COLUMN style text NOT NULL DEFAULT '';
ALTER TABLE evidence.call ADD COLUMN stages text NOT NULL DEFAULT '';

CREATE VIEW published.call_story AS
SELECT record, policy, style, stages FROM evidence.call;
COMMENT ON VIEW published.call_story IS 'How each call came to its answer';
COMMENT ON COLUMN published.call_story.record IS 'Identifier of the call''s record';
COMMENT ON COLUMN published.call_story.policy IS 'Version of the policy that decided, 0 when unknown';
COMMENT ON COLUMN published.call_story.style IS 'How the caller proved itself; empty for a message signature';
COMMENT ON COLUMN published.call_story.stages IS 'How far it came and when: checked=214;counted=230, microseconds from its beginning';
